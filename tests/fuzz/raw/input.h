/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is left of the input of a fuzzer that takes it for a list of steps. Once it is at
 * its end, every number is 0. */
typedef struct
{
  const guint8 *p;
  gsize left;
} RawInput;

guint8      raw_input_byte  (RawInput   *self);
guint64     raw_input_int   (RawInput   *self,
                             guint       n_bytes);
GBytes     *raw_input_bytes (RawInput   *self);
GBytes     *raw_input_rest  (RawInput   *self);
char       *raw_input_text  (RawInput   *self);
char        raw_input_step  (RawInput   *self,
                             const char *steps);
const char *raw_input_word  (RawInput          *self,
                             const char *const *words);

G_END_DECLS
