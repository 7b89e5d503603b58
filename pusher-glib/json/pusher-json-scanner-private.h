/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "base/pusher-error.h"

G_BEGIN_DECLS

/* Levels of arrays and objects inside each other that are accepted. What reads
 * an accepted text later may recurse.
 */
#define PUSHER_JSON_MAX_DEPTH 512

/* A position in a JSON text (RFC 8259), which need not be NUL-terminated.
 *
 * The scanner is strict: no comments, no trailing commas, no byte order mark, no
 * invalid UTF-8. It allocates nothing and does not recurse.
 *
 * Errors have the scanner's code, because the same text is the server's fault
 * on the wire and the application's elsewhere. They tell the place and the
 * fault, but never repeat the text, which may hold secrets. After an error the
 * scanner is of no further use.
 */
typedef struct
{
  const char *start; /* of the text, for the offsets in errors */
  const char *cursor;
  const char *end;
  PusherError error_code;
  gboolean in_english; /* errors that are not for the user of this process */
} PusherJsonScanner;

void     pusher_json_scanner_init        (PusherJsonScanner *scanner,
                                          const char        *text,
                                          gsize              length,
                                          PusherError        error_code);
gboolean pusher_json_scanner_skip_value  (PusherJsonScanner *scanner,
                                          GError           **error);
char    *pusher_json_scanner_copy_string (PusherJsonScanner *scanner,
                                          char              *destination,
                                          GError           **error);
char    *pusher_json_scanner_copy_bytes  (PusherJsonScanner *scanner,
                                          char              *destination,
                                          GError           **error);
char    *pusher_json_scanner_copy_text   (PusherJsonScanner *scanner,
                                          char              *destination,
                                          GError           **error);
gboolean pusher_json_scanner_finish      (PusherJsonScanner *scanner,
                                          GError           **error);
gboolean pusher_json_scanner_fail        (const PusherJsonScanner *scanner,
                                          GError                 **error,
                                          const char              *what);

static inline void
pusher_json_scanner_skip_space (PusherJsonScanner *scanner)
{
  if (scanner->cursor < scanner->end && (guchar) *scanner->cursor > ' ')
    return;

  while (scanner->cursor < scanner->end &&
         (*scanner->cursor == ' ' || *scanner->cursor == '\n' ||
          *scanner->cursor == '\r' || *scanner->cursor == '\t'))
    scanner->cursor++;
}

/* The next character that is not white space, or NUL at the end: JSON has no
 * use for a NUL in the text.
 */
static inline char
pusher_json_scanner_peek (PusherJsonScanner *scanner)
{
  pusher_json_scanner_skip_space (scanner);

  return scanner->cursor < scanner->end ? *scanner->cursor : '\0';
}

/* Moves past @character if it is the next one that is not white space. */
static inline gboolean
pusher_json_scanner_take (PusherJsonScanner *scanner,
                          char               character)
{
  if (pusher_json_scanner_peek (scanner) != character)
    return FALSE;

  scanner->cursor++;
  return TRUE;
}

G_END_DECLS
