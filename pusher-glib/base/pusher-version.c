/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <pusher-glib/base/pusher-version.h>

/**
 * pusher_get_major_version:
 *
 * Gets the major version of the library that the program runs with.
 *
 * [const@Pusher.MAJOR_VERSION] is that of the library it was compiled against.
 *
 * Returns: the major version
 *
 * Since: 1.0
 */
guint
pusher_get_major_version (void)
{
  return PUSHER_MAJOR_VERSION;
}

/**
 * pusher_get_minor_version:
 *
 * Gets the minor version of the library that the program runs with.
 *
 * [const@Pusher.MINOR_VERSION] is that of the library it was compiled against.
 *
 * Returns: the minor version
 *
 * Since: 1.0
 */
guint
pusher_get_minor_version (void)
{
  return PUSHER_MINOR_VERSION;
}

/**
 * pusher_get_micro_version:
 *
 * Gets the micro version of the library that the program runs with.
 *
 * [const@Pusher.MICRO_VERSION] is that of the library it was compiled against.
 *
 * Returns: the micro version
 *
 * Since: 1.0
 */
guint
pusher_get_micro_version (void)
{
  return PUSHER_MICRO_VERSION;
}

/**
 * pusher_check_version:
 * @major: the required major version
 * @minor: the required minor version
 * @micro: the required micro version
 *
 * Whether the program runs with the given version of the library or a newer one.
 *
 * It is what `PUSHER_CHECK_VERSION()` is when a program is compiled.
 *
 * Returns: %TRUE if the library is not older
 *
 * Since: 1.0
 */
gboolean
pusher_check_version (guint major,
                      guint minor,
                      guint micro)
{
  /* Not as constants: to ask whether 0 is more than something unsigned is a warning. */
  guint own_major = PUSHER_MAJOR_VERSION;
  guint own_minor = PUSHER_MINOR_VERSION;
  guint own_micro = PUSHER_MICRO_VERSION;

  if (own_major != major)
    return own_major > major;
  if (own_minor != minor)
    return own_minor > minor;
  return own_micro >= micro;
}
