/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Measured values, of which the smallest, the largest and those between are asked for. Of many
 * it keeps a fair choice, so that it does not grow for ever. */
typedef struct _ToolDistribution ToolDistribution;

ToolDistribution *tool_distribution_new       (void);
void              tool_distribution_free      (ToolDistribution *self);

void              tool_distribution_add       (ToolDistribution *self,
                                               double            value);
guint64           tool_distribution_get_count (ToolDistribution *self);

/* The value below which the part @quantile of them is: the smallest for 0, the median for 0.5,
 * the largest for 1. There has to be one. */
double            tool_distribution_get       (ToolDistribution *self,
                                               double            quantile);

/* Of one that is not empty: an object of whole numbers, and a text in ms. For values in µs. */
char             *tool_distribution_to_json   (ToolDistribution *self);
char             *tool_distribution_to_text   (ToolDistribution *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToolDistribution, tool_distribution_free)

G_END_DECLS
