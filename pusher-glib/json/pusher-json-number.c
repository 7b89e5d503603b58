/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-json-number-private.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <string.h>

/* Reads what is up to 18 digits and a sign: such an integer fits. */
static gboolean
read_integer (const char *text,
              gsize       length,
              gint64     *integer)
{
  gboolean negative = *text == '-';
  gint64 value = 0;

  if (length > 18 + (gsize) negative)
    return FALSE;

  for (gsize i = negative; i < length; i++)
    {
      if (text[i] < '0' || text[i] > '9')
        return FALSE;
      value = 10 * value + (text[i] - '0');
    }
  *integer = negative ? -value : value;

  return TRUE;
}

#if FLT_EVAL_METHOD == 0
/* Reads a decimal fraction of up to 15 digits and no exponent. It is the quotient of
 * two integers that a double holds exactly, so that one division rounds it correctly
 * (W. D. Clinger, “How to read floating point numbers accurately”, 1990). */
static gboolean
read_short_fraction (const char *text,
                     gsize       length,
                     double     *real)
{
  static const double powers[] = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  };
  gboolean negative = *text == '-';
  gsize n_digits = length - negative - 1; /* without the point */
  gsize point = length;
  gint64 digits = 0;

  if (n_digits > 15)
    return FALSE;

  for (gsize i = negative; i < length; i++)
    {
      if (text[i] == '.')
        point = i;
      else if (text[i] < '0' || text[i] > '9')
        return FALSE;
      else
        digits = 10 * digits + (text[i] - '0');
    }
  if (point == length)
    return FALSE;

  *real = (double) digits / powers[length - 1 - point];
  if (negative)
    *real = -*real;

  return TRUE;
}
#else
static gboolean
read_short_fraction (const char *text,
                     gsize       length,
                     double     *real)
{
  return FALSE;
}
#endif

static GType
read_long_number (const char *text,
                  gint64     *integer,
                  double     *real)
{
  errno = 0;
  *integer = g_ascii_strtoll (text, NULL, 10);
  if (errno == 0 && strpbrk (text, ".eE") == NULL)
    return G_TYPE_INT64;

  *real = g_ascii_strtod (text, NULL);

  return isfinite (*real) ? G_TYPE_DOUBLE : G_TYPE_INVALID;
}

/*
 * pusher_json_read_number:
 * @text: (array length=length): a JSON number
 * @integer: (out): set if the result is %G_TYPE_INT64
 * @real: (out): set if the result is %G_TYPE_DOUBLE
 *
 * An integer that is out of the range of a gint64 is read as JavaScript reads it,
 * as the nearest double.
 *
 * Returns: what was set, or %G_TYPE_INVALID for a number that is out of the range of
 *   a double: the infinity that it would be does not have a JSON text
 */
GType
pusher_json_read_number (const char *text,
                         gsize       length,
                         gint64     *integer,
                         double     *real)
{
  g_autofree char *terminated = NULL;

  if (read_integer (text, length, integer))
    return G_TYPE_INT64;
  if (read_short_fraction (text, length, real))
    return G_TYPE_DOUBLE;

  terminated = g_strndup (text, length);

  return read_long_number (terminated, integer, real);
}

/*
 * pusher_json_truncate:
 * @integer: (out): not touched if the result is FALSE
 *
 * Cuts off the fraction of @real.
 *
 * Returns: whether what is left is in the range of a #gint64
 */
gboolean
pusher_json_truncate (double  real,
                      gint64 *integer)
{
  const double limit = 0x1p63;

  if (!(real >= -limit && real < limit))
    return FALSE;

  *integer = (gint64) real;
  return TRUE;
}
