/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "distribution.h"

#include <glib/gi18n.h>
#include <math.h>

/* Enough for the hundredth part of them to be a thousand. */
#define MAX_KEPT 100000

struct _ToolDistribution
{
  GArray *kept; /* of double */
  gboolean sorted;
  guint64 count;
  double min, max;
};

ToolDistribution *
tool_distribution_new (void)
{
  ToolDistribution *self = g_new0 (ToolDistribution, 1);

  self->kept = g_array_new (FALSE, FALSE, sizeof (double));

  return self;
}

void
tool_distribution_free (ToolDistribution *self)
{
  g_array_unref (self->kept);
  g_free (self);
}

/* Each of all has the same chance to be among those that are kept (“reservoir sampling”). */
void
tool_distribution_add (ToolDistribution *self,
                       double            value)
{
  self->min = self->count == 0 ? value : MIN (self->min, value);
  self->max = self->count == 0 ? value : MAX (self->max, value);
  self->count++;

  if (self->kept->len < MAX_KEPT)
    {
      g_array_append_val (self->kept, value);
    }
  else
    {
      guint64 place = g_random_double () * self->count;

      if (place >= MAX_KEPT)
        return;
      g_array_index (self->kept, double, place) = value;
    }
  self->sorted = FALSE;
}

guint64
tool_distribution_get_count (ToolDistribution *self)
{
  return self->count;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return (one > other) - (one < other);
}

double
tool_distribution_get (ToolDistribution *self,
                       double            quantile)
{
  g_return_val_if_fail (self->count > 0, 0);

  if (quantile <= 0)
    return self->min;
  if (quantile >= 1)
    return self->max;

  if (!self->sorted)
    g_array_sort (self->kept, compare);
  self->sorted = TRUE;

  return g_array_index (self->kept, double, (guint) ceil (quantile * self->kept->len) - 1);
}

char *
tool_distribution_to_json (ToolDistribution *self)
{
  return g_strdup_printf ("{\"min\":%.0f,\"median\":%.0f,\"p90\":%.0f,\"p99\":%.0f,\"max\":%.0f}",
                          self->min, tool_distribution_get (self, 0.5),
                          tool_distribution_get (self, 0.9), tool_distribution_get (self, 0.99),
                          self->max);
}

char *
tool_distribution_to_text (ToolDistribution *self)
{
  return g_strdup_printf (_("min %.2f ms, median %.2f ms, 90 %% %.2f ms, 99 %% %.2f ms, "
                            "max %.2f ms"),
                          self->min / 1e3, tool_distribution_get (self, 0.5) / 1e3,
                          tool_distribution_get (self, 0.9) / 1e3,
                          tool_distribution_get (self, 0.99) / 1e3, self->max / 1e3);
}
