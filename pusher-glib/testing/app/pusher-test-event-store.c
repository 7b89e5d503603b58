/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-test-event-store-private.h"

#include "json/pusher-json-members-private.h"
#include "json/pusher-json-parser-private.h"
#include "json/pusher-json-pointer-private.h"
#include "json/pusher-json-writer-private.h"

#include <string.h>

#define ID_POINTER "/id"

typedef struct
{
  char *id_json; /* as its data has it */
  char *name;
  char *data;
  gboolean lost; /* no answer has it */
} Event;

/* A channel whose events are kept */
typedef struct
{
  GPtrArray *events;  /* of Event, in order, those included that are not there any more */
  GHashTable *places; /* id → where it is in the array */
  guint n_forgotten;  /* at the beginning of the array */
} Shelf;

struct _PusherTestEventStore
{
  GHashTable *shelves; /* name of a channel → Shelf */
  guint64 last_id;
};

static void
event_free (gpointer data)
{
  Event *event = data;

  g_free (event->id_json);
  g_free (event->name);
  g_free (event->data);
  g_free (event);
}

static void
shelf_free (gpointer data)
{
  Shelf *shelf = data;

  g_ptr_array_unref (shelf->events);
  g_hash_table_unref (shelf->places);
  g_free (shelf);
}

PusherTestEventStore *
pusher_test_event_store_new (void)
{
  PusherTestEventStore *self = g_new0 (PusherTestEventStore, 1);

  self->shelves = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, shelf_free);

  return self;
}

void
pusher_test_event_store_free (PusherTestEventStore *self)
{
  g_hash_table_unref (self->shelves);
  g_free (self);
}

void
pusher_test_event_store_keep (PusherTestEventStore *self,
                              const char           *channel)
{
  Shelf *shelf;

  if (g_hash_table_contains (self->shelves, channel))
    return;

  shelf = g_new0 (Shelf, 1);
  shelf->events = g_ptr_array_new_with_free_func (event_free);
  shelf->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_insert (self->shelves, g_strdup (channel), shelf);
}

/* --- Ids ----------------------------------------------------------------- */

/* Returns: (nullable): the id, as JSON and as text, if it is a string or a number */
static char *
find_id (const char *data,
         char      **text)
{
  gsize length = strlen (data);
  const char *value;
  gsize value_length;

  if (!pusher_json_pointer_resolve (ID_POINTER, data, length, &value, &value_length) ||
      (*value != '"' && *value != '-' && !g_ascii_isdigit (*value)))
    return NULL;

  *text = *value == '"' ? pusher_json_pointer_dup_string (ID_POINTER, data, length)
                        : g_strndup (value, value_length);

  return g_strndup (value, value_length);
}

/* Returns: (nullable) (transfer full): data with the next id, if it is an object without
 * one */
static char *
number (PusherTestEventStore *self,
        const char           *data)
{
  g_autoptr (JsonNode) node = pusher_json_parse_in_english (data, -1, NULL);
  JsonObject *object = pusher_json_node_get_object (node);

  if (object == NULL || json_object_has_member (object, "id"))
    return NULL;

  return g_strdup_printf ("{\"id\":%" G_GUINT64_FORMAT "%s%s", ++self->last_id,
                          json_object_get_size (object) > 0 ? "," : "", strchr (data, '{') + 1);
}

/* The next id that the store gives is so much higher. */
void
pusher_test_event_store_skip_ids (PusherTestEventStore *self,
                                  guint                 n)
{
  self->last_id += n;
}

/* --- Keeping ------------------------------------------------------------- */

/* Returns: (nullable): where the event is kept, which is none of the protocol's own */
static Shelf *
find_shelf (PusherTestEventStore *self,
            const char           *channel,
            const char           *event)
{
  return g_str_has_prefix (event, "pusher:") || g_str_has_prefix (event, "pusher_internal:")
           ? NULL : g_hash_table_lookup (self->shelves, channel);
}

/* Keeps an event whose data has an id, and does not change it. */
void
pusher_test_event_store_note (PusherTestEventStore *self,
                              const char           *channel,
                              const char           *event,
                              const char           *data)
{
  Shelf *shelf = find_shelf (self, channel, event);
  g_autofree char *id = NULL;
  g_autofree char *id_json = shelf != NULL ? find_id (data, &id) : NULL;
  Event *kept;

  if (id_json == NULL || g_hash_table_contains (shelf->places, id))
    return;

  kept = g_new0 (Event, 1);
  kept->id_json = g_steal_pointer (&id_json);
  kept->name = g_strdup (event);
  kept->data = g_strdup (data);
  g_hash_table_insert (shelf->places, g_steal_pointer (&id),
                       GUINT_TO_POINTER (shelf->events->len));
  g_ptr_array_add (shelf->events, kept);
}

/* Keeps an event of a channel that is kept, and sees to it that it has an id.
 *
 * Returns: (transfer full): its data */
char *
pusher_test_event_store_add (PusherTestEventStore *self,
                             const char           *channel,
                             const char           *event,
                             const char           *data)
{
  char *numbered = find_shelf (self, channel, event) != NULL ? number (self, data) : NULL;

  if (numbered == NULL)
    numbered = g_strdup (data);
  pusher_test_event_store_note (self, channel, event, numbered);

  return numbered;
}

/* The same with data as it is in a message: mostly a string, which has JSON in it. */
char *
pusher_test_event_store_add_json (PusherTestEventStore *self,
                                  const char           *channel,
                                  const char           *event,
                                  const char           *data_json)
{
  g_autoptr (JsonNode) node = pusher_json_parse_in_english (data_json, -1, NULL);
  const char *text = pusher_json_node_get_string (node);
  g_autofree char *added =
    pusher_test_event_store_add (self, channel, event, text != NULL ? text : data_json);

  if (text == NULL)
    return g_steal_pointer (&added);

  /* Not written anew without need: a text may have characters that are in no C string. */
  return g_str_equal (added, text) ? g_strdup (data_json) : pusher_json_quote (added);
}

/* --- Forgetting ---------------------------------------------------------- */

/* Returns: (nullable): the channel, if it has had the event */
static Shelf *
find_place (PusherTestEventStore *self,
            const char           *channel,
            const char           *id,
            guint                *place)
{
  Shelf *shelf = g_hash_table_lookup (self->shelves, channel);
  gpointer found;

  if (shelf == NULL || !g_hash_table_lookup_extended (shelf->places, id, NULL, &found))
    return NULL;

  *place = GPOINTER_TO_UINT (found);

  return shelf;
}

/* No answer has the event any more, and nothing tells of that. */
gboolean
pusher_test_event_store_lose (PusherTestEventStore *self,
                              const char           *channel,
                              const char           *id)
{
  guint place;
  Shelf *shelf = find_place (self, channel, id, &place);

  if (shelf == NULL)
    return FALSE;

  ((Event *) g_ptr_array_index (shelf->events, place))->lost = TRUE;

  return TRUE;
}

/* The event and all before it are gone: who asks for what came after one of them is told. */
gboolean
pusher_test_event_store_forget (PusherTestEventStore *self,
                                const char           *channel,
                                const char           *id)
{
  guint place;
  Shelf *shelf = find_place (self, channel, id, &place);

  if (shelf == NULL)
    return FALSE;

  shelf->n_forgotten = MAX (shelf->n_forgotten, place + 1);

  return TRUE;
}

/* --- Asking -------------------------------------------------------------- */

guint
pusher_test_event_store_count (PusherTestEventStore *self,
                               const char           *channel)
{
  Shelf *shelf = g_hash_table_lookup (self->shelves, channel);
  guint n = 0;

  for (guint i = shelf != NULL ? shelf->n_forgotten : 0; shelf != NULL && i < shelf->events->len; i++)
    n += !((Event *) g_ptr_array_index (shelf->events, i))->lost;

  return n;
}

static void
add_event (GString     *json,
           const Event *event)
{
  pusher_json_begin_object (json, NULL);
  pusher_json_add_raw (json, "id", event->id_json);
  pusher_json_add_string (json, "name", event->name);
  pusher_json_add_string (json, "data", event->data);
  pusher_json_end_object (json);
}

/* begin: of what is asked for. {"events": [{"id", "name", "data"}…], "more"} */
static char *
list (Shelf *shelf,
      guint  begin,
      guint  limit)
{
  GString *json = g_string_new (NULL);
  guint n = 0;
  guint i;

  pusher_json_begin_object (json, NULL);
  pusher_json_begin_array (json, "events");
  for (i = begin; i < shelf->events->len && (limit == 0 || n < limit); i++)
    {
      const Event *event = g_ptr_array_index (shelf->events, i);

      if (event->lost)
        continue;
      add_event (json, event);
      n++;
    }
  pusher_json_end_array (json);
  pusher_json_add_raw (json, "more", i < shelf->events->len ? "true" : "false");
  pusher_json_end_object (json);

  return g_string_free (json, FALSE);
}

PusherTestEventsFound
pusher_test_event_store_list (PusherTestEventStore       *self,
                              const char                 *channel,
                              const PusherTestEventQuery *query,
                              char                      **json)
{
  Shelf *shelf = g_hash_table_lookup (self->shelves, channel);
  guint begin, place;

  if (shelf == NULL)
    return PUSHER_TEST_EVENTS_UNKNOWN;

  begin = shelf->n_forgotten;
  if (query->after != NULL)
    {
      if (find_place (self, channel, query->after, &place) == NULL)
        return PUSHER_TEST_EVENTS_UNKNOWN;
      if (place < shelf->n_forgotten)
        return PUSHER_TEST_EVENTS_GONE;
      begin = place + 1;
    }
  if (query->last != 0 && shelf->events->len - begin > query->last)
    begin = shelf->events->len - query->last;
  *json = list (shelf, begin, query->limit);

  return PUSHER_TEST_EVENTS_FOUND;
}
