/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "secret-input.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "complain.h"

/* No secret is as long. */
#define MAX_SECRET_SIZE 4096

char *
tool_secret_read_fd (int      fd,
                     GError **error)
{
  char buffer[MAX_SECRET_SIZE];
  gsize size = 0;

  while (size < sizeof buffer && memchr (buffer, '\n', size) == NULL)
    {
      gssize n = read (fd, buffer + size, sizeof buffer - size);

      if (n == 0 || (n < 0 && errno != EINTR))
        break;
      if (n > 0)
        size += n;
    }

  if (memchr (buffer, '\n', size) != NULL)
    size = (char *) memchr (buffer, '\n', size) - buffer;
  if (size == 0 || size == sizeof buffer || !g_utf8_validate (buffer, size, NULL))
    {
      tool_set_usage_error (error, _("There is no secret on file descriptor %d."), fd);
      return NULL;
    }

  return g_strndup (buffer, size);
}
