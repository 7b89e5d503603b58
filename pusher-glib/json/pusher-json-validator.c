/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-json-validator-private.h"

#include "pusher-json-scanner-private.h"

#include <string.h>

/*
 * pusher_json_validate:
 * @text: (nullable): NULL is an empty text
 * @length: bytes, or -1 if @text is NUL-terminated
 *
 * Checks that @text is exactly one JSON value, of any type, with or without
 * white space around it. An error has the code %PUSHER_ERROR_INVALID_DATA.
 */
gboolean
pusher_json_validate (const char *text,
                      gssize      length,
                      GError    **error)
{
  PusherJsonScanner scanner;

  if (text == NULL)
    length = 0;
  else if (length < 0)
    length = strlen (text);

  pusher_json_scanner_init (&scanner, text, length, PUSHER_ERROR_INVALID_DATA);

  return pusher_json_scanner_skip_value (&scanner, error) &&
         pusher_json_scanner_finish (&scanner, error);
}
