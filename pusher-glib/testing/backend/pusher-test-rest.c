/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The REST interface that the server libraries of Pusher talk to. */

#include "config.h"

#include "pusher-test-rest-private.h"

#include "json/pusher-json-members-private.h"
#include "json/pusher-json-parser-private.h"
#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-channel-name-private.h"
#include "protocol/pusher-user-messages-private.h"
#include "pusher-test-rest-queries-private.h"
#include "pusher-test-signature-private.h"
#include "testing/app/pusher-test-names-private.h"
#include "testing/connection/pusher-test-connection-private.h"

/* Pusher's limits for one request. */
#define MAX_CHANNELS 100
#define MAX_BATCH 10

#define bad_request(error, ...) \
  pusher_test_http_fail (error, SOUP_STATUS_BAD_REQUEST, __VA_ARGS__)

/* One event to publish, checked. Strings belong to the JSON of the request. */
typedef struct
{
  const char *name;
  char *data_json;
  const char *socket_id; /* nullable: left out */
  GPtrArray *channels;   /* of const char * */
} RestEvent;

static void
rest_event_free (RestEvent *event)
{
  g_free (event->data_json);
  g_ptr_array_unref (event->channels);
  g_free (event);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RestEvent, rest_event_free)

static gboolean
read_name (RestEvent  *event,
           JsonObject *object,
           GError    **error)
{
  event->name = pusher_json_object_get_string (object, "name");
  if (event->name == NULL || *event->name == '\0')
    return bad_request (error, "An event has no “name”");

  if (g_utf8_strlen (event->name, -1) > PUSHER_TEST_MAX_EVENT_NAME_LENGTH)
    return bad_request (error, "The name of an event is longer than %d characters",
                        PUSHER_TEST_MAX_EVENT_NAME_LENGTH);

  return TRUE;
}

/* Pusher demands a string; soketi and others publish any JSON as it is. */
static gboolean
read_data (RestEvent  *event,
           JsonObject *object,
           guint       max_size,
           GError    **error)
{
  JsonNode *data = json_object_get_member (object, "data");
  const char *text = pusher_json_object_get_string (object, "data");
  gsize size;

  if (data == NULL)
    return bad_request (error, "The event %s has no “data”", event->name);

  event->data_json = pusher_json_write (data);
  size = strlen (text != NULL ? text : event->data_json);
  if (max_size == 0 || size <= max_size)
    return TRUE;

  return pusher_test_http_fail (error, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE,
                                "The data of the event %s is %" G_GSIZE_FORMAT " bytes; "
                                "%u are allowed",
                                event->name, size, max_size);
}

static gboolean
read_socket_id (RestEvent  *event,
                JsonObject *object,
                GError    **error)
{
  event->socket_id = pusher_json_object_get_string (object, "socket_id");

  if (event->socket_id != NULL && pusher_test_http_is_socket_id (event->socket_id))
    return TRUE;

  if (event->socket_id == NULL &&
      (!json_object_has_member (object, "socket_id") ||
       json_object_get_null_member (object, "socket_id")))
    return TRUE;

  return bad_request (error, "The “socket_id” of the event %s is not one", event->name);
}

static gboolean
add_channel (RestEvent  *event,
             JsonNode   *node,
             GError    **error)
{
  g_autoptr (GError) problem = NULL;
  const char *channel = pusher_json_node_get_string (node);

  if (channel == NULL)
    return bad_request (error, "A channel of the event %s is not a string", event->name);

  if (!g_str_has_prefix (channel, PUSHER_USER_CHANNEL_PREFIX) &&
      !pusher_test_channel_name_check (channel, &problem))
    return bad_request (error, "%s", problem->message);

  g_ptr_array_add (event->channels, (gpointer) channel);
  return TRUE;
}

static gboolean
read_channels (RestEvent  *event,
               JsonObject *object,
               GError    **error)
{
  JsonNode *one = json_object_get_member (object, "channel");
  JsonNode *many = json_object_get_member (object, "channels");
  JsonArray *array;
  guint length;

  if ((one == NULL) == (many == NULL))
    return bad_request (error, "The event %s needs either “channel” or “channels”", event->name);

  if (one != NULL)
    return add_channel (event, one, error);

  array = JSON_NODE_HOLDS_ARRAY (many) ? json_node_get_array (many) : NULL;
  length = array != NULL ? json_array_get_length (array) : 0;
  if (length == 0 || length > MAX_CHANNELS)
    return bad_request (error, "The “channels” of the event %s are not an array of 1 to %d names",
                        event->name, MAX_CHANNELS);

  for (guint i = 0; i < length; i++)
    if (!add_channel (event, json_array_get_element (array, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
read_event (GPtrArray *events,
            JsonNode  *node,
            guint      max_size,
            GError   **error)
{
  JsonObject *object = pusher_json_node_get_object (node);
  g_autoptr (RestEvent) event = g_new0 (RestEvent, 1);

  event->channels = g_ptr_array_new ();
  if (object == NULL)
    return bad_request (error, "An event is not a JSON object");

  if (!read_name (event, object, error) ||
      !read_data (event, object, max_size, error) ||
      !read_socket_id (event, object, error) ||
      !read_channels (event, object, error))
    return FALSE;

  g_ptr_array_add (events, g_steal_pointer (&event));
  return TRUE;
}

static gboolean
read_batch (GPtrArray *events,
            JsonNode  *node,
            guint      max_size,
            GError   **error)
{
  JsonObject *object = pusher_json_node_get_object (node);
  JsonNode *batch = object != NULL ? json_object_get_member (object, "batch") : NULL;
  JsonArray *array;
  guint length;

  if (batch == NULL || !JSON_NODE_HOLDS_ARRAY (batch))
    return bad_request (error, "The body has no array “batch”");

  array = json_node_get_array (batch);
  length = json_array_get_length (array);
  if (length == 0 || length > MAX_BATCH)
    return bad_request (error, "The “batch” does not have 1 to %d events", MAX_BATCH);

  for (guint i = 0; i < length; i++)
    if (!read_event (events, json_array_get_element (array, i), max_size, error))
      return FALSE;

  return TRUE;
}

/* What a server library has encrypted has no id that anybody could see.
 *
 * Returns: (transfer full): the data */
static char *
keep (PusherTestApp *app,
      const char    *channel,
      RestEvent     *event)
{
  if (pusher_channel_name_get_kind (channel) == PUSHER_CHANNEL_KIND_ENCRYPTED)
    return g_strdup (event->data_json);

  return pusher_test_event_store_add_json (app->store, channel, event->name, event->data_json);
}

static void
publish (PusherTestApp *app,
         RestEvent     *event)
{
  for (guint i = 0; i < event->channels->len; i++)
    {
      const char *channel = g_ptr_array_index (event->channels, i);
      g_autofree char *data_json = keep (app, channel, event);

      pusher_test_app_publish (app, channel, event->name, data_json, event->socket_id);
    }
}

/* Nothing is published unless all of it is valid. */
static gboolean
handle_events (PusherTestApp *app,
               GBytes        *body,
               gboolean       batch,
               GError       **error)
{
  guint max_size = app->settings->max_event_size;
  g_autoptr (GPtrArray) events =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rest_event_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (JsonNode) node = NULL;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  node = pusher_json_parse_in_english (text != NULL ? text : "", length, &problem);
  if (node == NULL)
    return bad_request (error, "The body is not JSON: %s", problem->message);

  if (!(batch ? read_batch : read_event) (events, node, max_size, error))
    return FALSE;

  for (guint i = 0; i < events->len; i++)
    publish (app, g_ptr_array_index (events, i));

  return TRUE;
}

static char *
publish_events (PusherTestApp *app,
                const char    *argument,
                GBytes        *body,
                const char    *query,
                GError       **error)
{
  return handle_events (app, body, FALSE, error) ? g_strdup ("{}") : NULL;
}

static char *
publish_batch (PusherTestApp *app,
               const char    *argument,
               GBytes        *body,
               const char    *query,
               GError       **error)
{
  return handle_events (app, body, TRUE, error) ? g_strdup ("{}") : NULL;
}

static char *
terminate_user (PusherTestApp *app,
                const char    *argument,
                GBytes        *body,
                const char    *query,
                GError       **error)
{
  pusher_test_connection_terminate_user (app, argument);

  return g_strdup ("{}");
}

static char *
list_channels (PusherTestApp *app,
               const char    *argument,
               GBytes        *body,
               const char    *query,
               GError       **error)
{
  return pusher_test_rest_list_channels (app, query, error);
}

static char *
describe_channel (PusherTestApp *app,
                  const char    *argument,
                  GBytes        *body,
                  const char    *query,
                  GError       **error)
{
  return pusher_test_rest_describe_channel (app, argument, query, error);
}

static char *
list_users (PusherTestApp *app,
            const char    *argument,
            GBytes        *body,
            const char    *query,
            GError       **error)
{
  return pusher_test_rest_list_users (app, argument, error);
}

/* What there is of an app. A star in the path is the argument. */
typedef struct
{
  const char *method;
  const char *path;
  char *(*answer) (PusherTestApp *app,
                   const char    *argument,
                   GBytes        *body,
                   const char    *query,
                   GError       **error);
} Resource;

static const Resource resources[] = {
  { "POST", "events", publish_events },
  { "POST", "batch_events", publish_batch },
  { "POST", "users/*/terminate_connections", terminate_user },
  { "GET", "channels", list_channels },
  { "GET", "channels/*", describe_channel },
  { "GET", "channels/*/users", list_users },
};

static gboolean
match_path (const char *pattern,
            const char *path,
            char      **argument)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);
  g_auto (GStrv) given = g_strsplit (path, "/", -1);
  g_autofree char *found = NULL;

  if (g_strv_length (wanted) != g_strv_length (given))
    return FALSE;

  for (guint i = 0; wanted[i] != NULL; i++)
    {
      if (g_str_equal (wanted[i], "*"))
        found = g_uri_unescape_string (given[i], NULL);
      else if (!g_str_equal (wanted[i], given[i]))
        return FALSE;
    }

  if (strchr (pattern, '*') != NULL && (found == NULL || !g_utf8_validate (found, -1, NULL)))
    return FALSE;
  *argument = g_steal_pointer (&found);

  return TRUE;
}

static const Resource *
find_resource (const char *path,
               char      **argument)
{
  for (guint i = 0; i < G_N_ELEMENTS (resources); i++)
    if (match_path (resources[i].path, path, argument))
      return &resources[i];

  return NULL;
}

static PusherTestApp *
find_enabled_app (GPtrArray  *apps,
                  const char *id,
                  GError    **error)
{
  PusherTestApp *app = pusher_test_app_find (apps, id, NULL);

  if (app == NULL)
    pusher_test_http_fail (error, SOUP_STATUS_NOT_FOUND, "There is no app with the id %s", id);
  else if (!app->enabled)
    pusher_test_http_fail (error, SOUP_STATUS_FORBIDDEN, "The app %s is disabled", id);
  else
    return app;

  return NULL;
}

/* A proxy that puts a path before those of the server takes it off again: it is not signed. */
static gboolean
check_signature (SoupServerMessage *message,
                 const char        *path,
                 PusherTestApp     *app,
                 GBytes            *body,
                 GError           **error)
{
  GUri *uri = soup_server_message_get_uri (message);

  return pusher_test_signature_check (&(PusherTestRequest) {
                                        .method = soup_server_message_get_method (message),
                                        .path = path,
                                        .query = g_uri_get_query (uri),
                                        .body = body,
                                      },
                                      app, g_get_real_time () / G_USEC_PER_SEC, error);
}

static char *
build_answer (SoupServerMessage *message,
              const char        *route,
              GPtrArray         *apps,
              GError           **error)
{
  g_auto (GStrv) parts = g_strsplit (route, "/", 2);
  g_autofree char *where = g_strconcat ("/apps/", route, NULL);
  g_autofree char *id = g_uri_unescape_string (parts[0], NULL);
  g_autofree char *argument = NULL;
  const Resource *resource = find_resource (parts[1] != NULL ? parts[1] : "", &argument);
  g_autoptr (GBytes) body = NULL;
  PusherTestApp *app;

  if (id == NULL || !g_utf8_validate (id, -1, NULL) || resource == NULL)
    {
      pusher_test_http_fail (error, SOUP_STATUS_NOT_FOUND, "There is nothing at %s", where);
      return NULL;
    }

  if (!pusher_test_http_check_method (message, resource->method, where, error))
    return NULL;

  app = find_enabled_app (apps, id, error);
  if (app == NULL)
    return NULL;

  body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  if (!check_signature (message, where, app, body, error))
    return NULL;

  return resource->answer (app, argument, body,
                           g_uri_get_query (soup_server_message_get_uri (message)), error);
}

/*
 * pusher_test_rest_handle:
 * @route: the path of the request after `/apps/`
 * @apps: (element-type PusherTestApp):
 */
void
pusher_test_rest_handle (SoupServerMessage *message,
                         const char        *route,
                         GPtrArray         *apps)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = build_answer (message, route, apps, &error);

  pusher_test_http_answer (message, error, answer != NULL ? answer : error->message);
}
