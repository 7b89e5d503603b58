/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What happened, word by word, with a space between. */
void add_word    (GString    *words,
                  const char *format,
                  ...) G_GNUC_PRINTF (2, 3);
void add_request (GString    *words,
                  const char *text);

/* Compares all words since the last time. */
#define assert_words(words, expected) \
  assert_words_full (words, expected, __FILE__, __LINE__, G_STRFUNC)

void assert_words_full (GString    *words,
                        const char *expected,
                        const char *file,
                        int         line,
                        const char *function);

G_END_DECLS
