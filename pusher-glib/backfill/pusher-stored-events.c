/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the store of an application answers, without a tree of it: it may be large. */

#include "config.h"

#include "pusher-stored-events-private.h"

#include "base/pusher-error.h"
#include "json/pusher-json-number-private.h"
#include "json/pusher-json-pointer-private.h"
#include "json/pusher-json-scanner-private.h"
#include "json/pusher-json-validator-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Part of a JSON text */
typedef struct
{
  const char *text;
  gsize length;
} Part;

static gboolean
resolve (const char *pointer,
         const Part *whole,
         Part       *part)
{
  return pointer != NULL && pusher_json_pointer_resolve (pointer, whole->text, whole->length,
                                                         &part->text, &part->length);
}

static gboolean
is_number (const Part *part)
{
  return *part->text == '-' || g_ascii_isdigit (*part->text);
}

/* Whether there is anything but false, 0, null, an empty text, or something that is not
 * one value. */
static gboolean
is_true (const Part *part)
{
  gint64 integer = 0;
  double real = 0;

  if (*part->text == '"')
    return part->length > 2;
  if (!is_number (part))
    return *part->text == 't';

  pusher_json_read_number (part->text, part->length, &integer, &real);

  return integer != 0 || real < 0 || real > 0;
}

/* Returns: (transfer full) (nullable): */
static char *
dup_id (const char *pointer,
        const Part *item)
{
  Part part;
  char *id;

  if (!resolve (pointer, item, &part))
    return NULL;

  id = pusher_json_pointer_dup_string ("", part.text, part.length);
  if (id == NULL && is_number (&part))
    id = g_strndup (part.text, part.length);

  return id;
}

/* A text is the data itself, as it is in messages; anything else is JSON.
 *
 * Returns: (transfer full) (nullable): */
static char *
dup_data (const char *pointer,
          const Part *item)
{
  Part part;
  char *data;

  if (!resolve (pointer, item, &part) || *part.text == 'n')
    return NULL;

  data = pusher_json_pointer_dup_string ("", part.text, part.length);

  return data != NULL ? data : g_strndup (part.text, part.length);
}

static gboolean
add_item (const PusherStoredEventsFormat *format,
          const Part                     *item,
          PusherBackfillRequest          *request)
{
  g_autofree char *name =
    format->item_name != NULL
      ? pusher_json_pointer_dup_string (format->item_name, item->text, item->length)
      : NULL;
  g_autofree char *data = dup_data (format->item_data, item);
  g_autofree char *id = dup_id (format->item_id, item);

  if (name == NULL || *name == '\0')
    return FALSE;

  pusher_backfill_request_add (request, name, data, id);

  return TRUE;
}

static gboolean
add_items (const PusherStoredEventsFormat *format,
           const Part                     *array,
           PusherBackfillRequest          *request,
           guint                          *n_items)
{
  PusherJsonScanner scanner;

  pusher_json_scanner_init (&scanner, array->text, array->length, PUSHER_ERROR_BACKFILL);
  if (!pusher_json_scanner_take (&scanner, '['))
    return FALSE;
  if (pusher_json_scanner_take (&scanner, ']'))
    return TRUE;

  do
    {
      Part item;

      pusher_json_scanner_skip_space (&scanner);
      item.text = scanner.cursor;
      if (!pusher_json_scanner_skip_value (&scanner, NULL))
        return FALSE;
      item.length = scanner.cursor - item.text;
      if (!add_item (format, &item, request))
        return FALSE;
      ++*n_items;
    }
  while (pusher_json_scanner_take (&scanner, ','));

  return TRUE;
}

/* What does not say whether there is more may have more unless it is empty; of the last
 * events there are no more. */
static gboolean
has_more (const PusherStoredEventsFormat *format,
          const Part                     *answer,
          gboolean                        has_object,
          guint                           n_items,
          PusherBackfillRequest          *request)
{
  Part part;

  if (has_object && resolve (format->more, answer, &part))
    return is_true (&part);

  return n_items > 0 && pusher_backfill_request_get_last (request) == 0;
}

static gboolean
is_object (const Part *answer)
{
  PusherJsonScanner scanner;

  pusher_json_scanner_init (&scanner, answer->text, answer->length, PUSHER_ERROR_BACKFILL);

  return pusher_json_scanner_peek (&scanner) == '{';
}

/*
 * pusher_stored_events_read:
 * @body: what the store has answered
 * @request: is given the events, and is not completed
 *
 * Returns: whether it is an answer; if not, the request may have some of the events
 */
gboolean
pusher_stored_events_read (const PusherStoredEventsFormat *format,
                           const char                     *body,
                           PusherBackfillRequest          *request,
                           gboolean                       *more,
                           GError                        **error)
{
  Part answer = { body, strlen (body) };
  gboolean has_object = is_object (&answer);
  Part array = answer;
  guint n_items = 0;

  if (!pusher_json_validate (body, -1, NULL) ||
      (has_object && !resolve (format->events, &answer, &array)) ||
      !add_items (format, &array, request, &n_items))
    {
      g_set_error_literal (error, PUSHER_ERROR, PUSHER_ERROR_BACKFILL,
                           _("The store of events did not answer with a list of events"));
      return FALSE;
    }

  *more = has_more (format, &answer, has_object, n_items, request);

  return TRUE;
}
