/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Users: they sign in, and an app may close their connections. */

#include "config.h"

#include "pusher-test-connection-private.h"

#include "json/pusher-json-members-private.h"
#include "json/pusher-json-parser-private.h"
#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-user-messages-private.h"
#include "testing/app/pusher-test-auth-private.h"

#define CODE_UNAUTHORIZED 4009

/* Returns: (nullable): the user, if the client may sign in as it */
static JsonObject *
check_sign_in (PusherTestConnection *self,
               JsonObject           *data,
               JsonNode            **user_data,
               const char          **problem)
{
  const char *auth = pusher_json_object_get_string (data, "auth");
  const char *text = pusher_json_object_get_string (data, "user_data");
  JsonObject *user;
  const char *id;

  if (auth == NULL || text == NULL ||
      !pusher_test_auth_check_user (self->app, pusher_test_peer_get_id (self->peer), text, auth))
    {
      *problem = "Connection not authorized.";
      return NULL;
    }

  *user_data = pusher_json_parse (text, -1, NULL);
  user = pusher_json_node_get_object (*user_data);
  id = pusher_json_object_get_string (user, "id");
  if (id != NULL && *id != '\0')
    return user;

  *problem = "The returned user data must contain the \"id\" field.";
  return NULL;
}

/* Returns: (transfer full): */
static char **
read_watchlist (JsonObject *user)
{
  JsonArray *array = pusher_json_object_get_array (user, "watchlist");
  guint length = array != NULL ? json_array_get_length (array) : 0;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < length; i++)
    {
      const char *id = pusher_json_node_get_string (json_array_get_element (array, i));

      if (id != NULL)
        g_strv_builder_add (ids, id);
    }

  return g_strv_builder_end (ids);
}

static void
sign_in (PusherTestConnection *self,
         JsonObject           *user,
         const char           *user_data)
{
  g_autoptr (GString) answer = g_string_new (NULL);

  self->user_id = g_strdup (pusher_json_object_get_string (user, "id"));
  self->watchlist = read_watchlist (user);
  if (json_object_has_member (user, "user_info"))
    self->user_info = json_node_copy (json_object_get_member (user, "user_info"));

  pusher_json_begin_object (answer, NULL);
  pusher_json_add_string (answer, "user_data", user_data);
  pusher_json_end_object (answer);
  pusher_test_peer_send_event (self->peer, PUSHER_MESSAGE_SIGN_IN_SUCCESS, NULL, answer->str);

  pusher_test_connection_go_online (self);
}

void
pusher_test_connection_handle_sign_in (PusherTestConnection *self,
                                       const char           *event,
                                       JsonObject           *data)
{
  static const char *const allowed[] = { "auth", "user_data", NULL };
  g_autoptr (JsonNode) user_data = NULL;
  const char *problem = NULL;
  JsonObject *user;

  if (!pusher_test_connection_check_data (self, event, data, allowed))
    return;

  /* That it does without an option of its own. */
  if (self->settings->flavor == PUSHER_TEST_FLAVOR_SOKETI)
    return;

  if (self->user_id != NULL)
    {
      pusher_test_connection_complain (self, "The user %s is signed in already", self->user_id);
      return;
    }

  if (self->app->settings->never_answer)
    return;

  user = check_sign_in (self, data, &user_data, &problem);
  if (user != NULL)
    sign_in (self, user, pusher_json_object_get_string (data, "user_data"));
  else
    pusher_test_connection_refuse (self, CODE_UNAUTHORIZED, problem);
}

/* Closes the connections of a user. Returns: how many it had */
guint
pusher_test_connection_terminate_user (PusherTestApp *app,
                                       const char    *id)
{
  GPtrArray *signed_in = app->signed_in;
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < signed_in->len; i++)
    {
      PusherTestConnection *connection = g_ptr_array_index (signed_in, i);

      if (g_str_equal (connection->user_id, id))
        g_ptr_array_add (connections, g_object_ref (connection));
    }

  for (guint i = 0; i < connections->len; i++)
    pusher_test_connection_refuse (g_ptr_array_index (connections, i), CODE_UNAUTHORIZED,
                                   "You got disconnected by the app.");

  return connections->len;
}
