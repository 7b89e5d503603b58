/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Templates of URIs (RFC 6570), as far as an endpoint needs them. */

#include "config.h"

#include "pusher-uri-template-private.h"

#include <string.h>

/* Returns: (nullable): NULL if there is none of that name */
static const char *
find_value (const PusherUriVariable *variables,
            gsize                    n_variables,
            const char              *name)
{
  for (gsize i = 0; i < n_variables; i++)
    if (g_str_equal (variables[i].name, name))
      return variables[i].value;

  return NULL;
}

/* expression: what is between the braces: “name,…”, “?name,…” or “&name,…” */
static void
expand (GString                 *uri,
        const char              *expression,
        const PusherUriVariable *variables,
        gsize                    n_variables)
{
  gboolean named = *expression == '?' || *expression == '&';
  g_auto (GStrv) names = g_strsplit (named ? expression + 1 : expression, ",", -1);
  char separator = named ? *expression : '\0';

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value = find_value (variables, n_variables, names[i]);

      if (value == NULL)
        continue;
      if (separator != '\0')
        g_string_append_c (uri, separator);
      if (named)
        g_string_append_printf (uri, "%s=", names[i]);
      g_string_append_uri_escaped (uri, value, NULL, FALSE);
      separator = named ? '&' : ',';
    }
}

/*
 * pusher_uri_template_expand:
 *
 * Puts variables where the template has their names: `{name}`, or for a query
 * `{?name,other}` and `{&name,other}`. Variables that are not there are left out.
 *
 * Returns: (transfer full) (nullable): %NULL if a brace is not closed
 */
char *
pusher_uri_template_expand (const char              *template,
                            const PusherUriVariable *variables,
                            gsize                    n_variables)
{
  g_autoptr (GString) uri = g_string_new (NULL);
  const char *open;

  while ((open = strchr (template, '{')) != NULL)
    {
      const char *end = strchr (open, '}');
      g_autofree char *expression = NULL;

      if (end == NULL)
        return NULL;

      expression = g_strndup (open + 1, end - open - 1);
      g_string_append_len (uri, template, open - template);
      expand (uri, expression, variables, n_variables);
      template = end + 1;
    }
  g_string_append (uri, template);

  return g_string_free (g_steal_pointer (&uri), FALSE);
}
