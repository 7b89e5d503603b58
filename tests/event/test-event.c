/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "event/pusher-event-private.h"

#include "json/pusher-json-scanner-private.h"

#include <gio/gio.h>
#include <string.h>

#define HOSTILE_SIZE (80 * 1024)
#define LARGE_LENGTH 300000

/* The event of a message of the wire. */
static PusherEvent *
event_from_wire (const char *text)
{
  g_autoptr (GError) error = NULL;
  PusherMessage message;

  pusher_message_decode (&message, text, strlen (text), &error);
  g_assert_no_error (error);

  return pusher_event_new_take (&message);
}

static PusherEvent *
event_with_data (const char *data)
{
  return pusher_event_new ("price-changed", "prices", data, NULL);
}

/* By their functions and as properties. */
static void
assert_strings (PusherEvent *event,
                const char  *name,
                const char  *channel_name,
                const char  *data,
                const char  *user_id)
{
  g_autofree char *name_property = NULL;
  g_autofree char *channel_name_property = NULL;
  g_autofree char *data_property = NULL;
  g_autofree char *user_id_property = NULL;

  g_assert_cmpstr (pusher_event_get_name (event), ==, name);
  g_assert_cmpstr (pusher_event_get_channel_name (event), ==, channel_name);
  g_assert_cmpstr (pusher_event_get_data (event), ==, data);
  g_assert_cmpstr (pusher_event_get_user_id (event), ==, user_id);

  g_object_get (event,
                "name", &name_property,
                "channel-name", &channel_name_property,
                "data", &data_property,
                "user-id", &user_id_property,
                NULL);
  g_assert_cmpstr (name_property, ==, name);
  g_assert_cmpstr (channel_name_property, ==, channel_name);
  g_assert_cmpstr (data_property, ==, data);
  g_assert_cmpstr (user_id_property, ==, user_id);
}

static void
test_from_wire (void)
{
  PusherEvent *event =
    event_from_wire ("{\"event\":\"client-hi\",\"channel\":\"presence-p\","
                     "\"data\":\"{\\\"t\\\":1}\",\"user_id\":\"u2\"}");

  assert_strings (event, "client-hi", "presence-p", "{\"t\":1}", "u2");
  g_assert_finalize_object (event);

  event = event_from_wire ("{\"event\":\"x\"}");
  assert_strings (event, "x", NULL, NULL, NULL);
  g_assert_null (pusher_event_get_json (event));
  g_assert_null (pusher_event_get_variant (event));
  g_assert_finalize_object (event);
}

/* All of the data, also behind a NUL. */
static void
test_bytes (void)
{
  static const struct
  {
    const char *text;
    const char *bytes;
    gsize n_bytes;
  } cases[] = {
    { "{\"event\":\"x\",\"data\":\"ä\"}", "ä", 2 },
    { "{\"event\":\"x\",\"data\":\"a\\u0000b\"}", "a\0b", 3 },
    { "{\"event\":\"x\",\"data\":\"\"}", "", 0 },
  };
  g_autoptr (PusherEvent) without = event_from_wire ("{\"event\":\"x\"}");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PusherEvent) event = event_from_wire (cases[i].text);
      g_autoptr (GBytes) bytes = pusher_event_get_bytes (event);
      gsize size;
      gconstpointer data = g_bytes_get_data (bytes, &size);

      g_assert_cmpmem (data, size, cases[i].bytes, cases[i].n_bytes);
    }

  g_assert_null (pusher_event_get_bytes (without));
}

/* The event has the strings to itself. */
static void
test_takes_message (void)
{
  g_auto (PusherMessage) message = { 0 };
  PusherEvent *event;

  g_assert_true (pusher_message_decode (&message, "{\"event\":\"x\",\"data\":\"y\"}", 24, NULL));
  event = pusher_event_new_take (&message);
  g_assert_null (message.event);
  g_assert_null (message.data);
  g_assert_null (message.storage);
  pusher_message_clear (&message);
  assert_strings (event, "x", NULL, "y", NULL);
  g_assert_finalize_object (event);
}

static void
test_own (void)
{
  char name[] = "pusher:subscription_succeeded";
  char channel_name[] = "prices";
  char data[] = "{}";
  PusherEvent *event = pusher_event_new (name, channel_name, data, NULL);

  name[0] = channel_name[0] = data[0] = 'X';
  assert_strings (event, "pusher:subscription_succeeded", "prices", "{}", NULL);
  g_assert_nonnull (pusher_event_get_json (event));
  g_assert_finalize_object (event);

  event = pusher_event_new ("a", NULL, "", NULL);
  assert_strings (event, "a", NULL, "", NULL);
  g_assert_null (pusher_event_get_json (event));
  g_assert_finalize_object (event);

  event = pusher_event_new ("a", "b", NULL, NULL);
  assert_strings (event, "a", "b", NULL, NULL);
  g_assert_null (pusher_event_get_json (event));
  g_assert_finalize_object (event);
}

static void
test_properties_are_read_only (void)
{
  g_autoptr (PusherEvent) event = event_with_data ("1");
  g_autofree GParamSpec **properties = NULL;
  guint n_properties;

  properties = g_object_class_list_properties (G_OBJECT_GET_CLASS (event), &n_properties);
  g_assert_cmpuint (n_properties, ==, 4);
  for (guint i = 0; i < n_properties; i++)
    g_assert_false (properties[i]->flags & G_PARAM_WRITABLE);
}

static void
test_json (void)
{
  PusherEvent *event = event_with_data ("{\"price\":12.5,\"name\":\"ä\"}");
  JsonNode *root = pusher_event_get_json (event);
  JsonObject *object;

  g_assert_nonnull (root);
  object = json_node_get_object (root);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, "price"), 12.5, 1e-9);
  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "ä");

  /* Parsed once. */
  g_assert_true (pusher_event_get_json (event) == root);

  /* A reference to the tree outlives the event. */
  json_node_ref (root);
  g_assert_finalize_object (event);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (root));
  json_node_unref (root);
}

/* The same data, in the two ways in which servers send it. */
static void
test_json_of_both_encodings (void)
{
  const char *wires[] = {
    "{\"event\":\"x\",\"data\":\"{\\\"a\\\": [1, 2]}\"}",
    "{\"event\":\"x\",\"data\":{\"a\": [1, 2]}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wires); i++)
    {
      g_autoptr (PusherEvent) event = event_from_wire (wires[i]);
      g_autofree char *json = json_to_string (pusher_event_get_json (event), FALSE);

      g_assert_cmpstr (json, ==, "{\"a\":[1,2]}");
      g_assert_cmpstr (pusher_event_get_data (event), ==, "{\"a\": [1, 2]}");
    }
}

static void
test_variant (void)
{
  static const struct
  {
    const char *data;
    const char *type;
    const char *printed;
  } cases[] = {
    { "{}", "a{sv}", "@a{sv} {}" },
    { "{\"a\":1}", "a{sv}", "{'a': <int64 1>}" },
    { "{\"z\":1,\"a\":\"2\"}", "a{sv}", "{'z': <int64 1>, 'a': <'2'>}" },
    { "{\"a\":1,\"a\":2}", "a{sv}", "{'a': <int64 2>}" },
    { "{\"a\":{\"b\":[null]}}", "a{sv}", "{'a': <{'b': <[<@mv nothing>]>}>}" },
    { "[]", "av", "@av []" },
    { "[1,\"x\",true]", "av", "[<int64 1>, <'x'>, <true>]" },
    { "\"text\"", "s", "'text'" },
    { "\"\"", "s", "''" },
    { "\"(ii)\"", "s", "'(ii)'" },
    { "7", "x", "int64 7" },
    { "-9223372036854775808", "x", "int64 -9223372036854775808" },
    { "1.5", "d", "1.5" },
    { "1e3", "d", "1000.0" },
    { "true", "b", "true" },
    { "false", "b", "false" },
    { "null", "mv", "@mv nothing" },
    { " 1 ", "x", "int64 1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PusherEvent) event = event_with_data (cases[i].data);
      GVariant *variant = pusher_event_get_variant (event);
      g_autofree char *printed = NULL;

      g_test_message ("%s", cases[i].data);
      g_assert_nonnull (variant);
      g_assert_cmpstr (g_variant_get_type_string (variant), ==, cases[i].type);
      printed = g_variant_print (variant, TRUE);
      g_assert_cmpstr (printed, ==, cases[i].printed);
      g_assert_true (pusher_event_get_variant (event) == variant);
    }
}

static void
test_variant_outlives_event (void)
{
  PusherEvent *event = event_with_data ("[\"kept\"]");
  GVariant *variant = g_variant_ref (pusher_event_get_variant (event));
  g_autofree char *printed = NULL;

  g_assert_false (g_variant_is_floating (variant));
  g_assert_finalize_object (event);
  printed = g_variant_print (variant, FALSE);
  g_assert_cmpstr (printed, ==, "[<'kept'>]");
  g_variant_unref (variant);
}

/* Text that is not JSON, though json-glib or JavaScript would take some of it,
 * is simply text. */
static void
test_not_json (void)
{
  const char *texts[] = {
    "",
    " ",
    "hello",
    "hello world",
    "'a'",
    "{'a':1}",
    "{a:1}",
    "{\"a\":1,}",
    "[1,]",
    "[1 2]",
    "[",
    "]",
    "{",
    "{\"a\"",
    "{\"a\":",
    "\"a",
    "/* c */ 1",
    "1 // c",
    "1 2",
    "01",
    "+1",
    ".5",
    "1.",
    "0x10",
    "NaN",
    "Infinity",
    "-Infinity",
    "undefined",
    "True",
    "nul",
    "var a = 1;",
    "\xef\xbb\xbf{}",
    "\"\n\"",
    "\"\\x\"",
    "1e999",
    "[1e999]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PusherEvent) event = event_with_data (texts[i]);

      g_test_message ("“%s”", texts[i]);
      g_assert_null (pusher_event_get_json (event));
      g_assert_null (pusher_event_get_json (event));
      g_assert_null (pusher_event_get_variant (event));
      g_assert_cmpstr (pusher_event_get_data (event), ==, texts[i]);
    }
}

static char *
repeat (const char *unit,
        gsize       times)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < times; i++)
    g_string_append (text, unit);

  return g_string_free (text, FALSE);
}

static char *
nest (const char *opening,
      const char *innermost,
      const char *closing,
      gsize       depth)
{
  g_autofree char *start = repeat (opening, depth);
  g_autofree char *end = repeat (closing, depth);

  return g_strconcat (start, innermost, end, NULL);
}

/* json-glib 1.6 runs out of stack on some of this. */
static void
test_hostile (void)
{
  char *texts[] = {
    repeat ("[", HOSTILE_SIZE),
    repeat ("]", HOSTILE_SIZE),
    repeat ("{\"a\":", HOSTILE_SIZE / 5),
    repeat ("[{\"\":", HOSTILE_SIZE / 5),
    repeat ("\"", HOSTILE_SIZE + 1),
    repeat ("\\", HOSTILE_SIZE),
    repeat ("-", HOSTILE_SIZE),
    repeat ("/*", HOSTILE_SIZE / 2),
    nest ("[", "", "]", HOSTILE_SIZE / 2),
    nest ("{\"a\":", "1", "}", HOSTILE_SIZE / 6),
    nest ("[", "", "]", PUSHER_JSON_MAX_DEPTH + 1),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = texts[i];
      PusherEvent *event = event_with_data (text);

      g_test_message ("%.10s…", text);
      g_assert_null (pusher_event_get_json (event));
      g_assert_null (pusher_event_get_variant (event));
      g_assert_cmpstr (pusher_event_get_data (event), ==, text);
      g_assert_finalize_object (event);
    }
}

/* Long is not hostile. With json_gvariant_deserialize() this would take
 * minutes. */
static void
test_large (void)
{
  g_autofree char *elements = repeat (",0", LARGE_LENGTH);
  g_autofree char *digits = repeat ("9", 300);
  g_autofree char *array = g_strconcat ("[0", elements, "]", NULL);
  g_autofree char *string = repeat ("x", HOSTILE_SIZE);
  g_autofree char *quoted = g_strconcat ("\"", string, "\"", NULL);
  g_autoptr (PusherEvent) array_event = event_with_data (array);
  g_autoptr (PusherEvent) string_event = event_with_data (quoted);
  g_autoptr (PusherEvent) number_event = event_with_data (digits);
  JsonNode *array_node = pusher_event_get_json (array_event);
  JsonNode *number_node = pusher_event_get_json (number_event);

  g_assert_cmpuint (json_array_get_length (json_node_get_array (array_node)),
                    ==, LARGE_LENGTH + 1);
  g_assert_cmpuint (g_variant_n_children (pusher_event_get_variant (array_event)),
                    ==, LARGE_LENGTH + 1);
  g_assert_cmpstr (json_node_get_string (pusher_event_get_json (string_event)), ==, string);
  g_assert_cmpfloat_with_epsilon (json_node_get_double (number_node) / 1e300, 1, 1e-9);
}

/* The deepest JSON that is accepted can be used all the way down. */
static void
test_deepest (void)
{
  g_autofree char *text = nest ("[", "true", "]", PUSHER_JSON_MAX_DEPTH);
  g_autoptr (PusherEvent) event = event_with_data (text);
  JsonNode *node = pusher_event_get_json (event);
  g_autofree char *written = NULL;

  g_assert_nonnull (node);
  written = json_to_string (node, FALSE);
  g_assert_cmpstr (written, ==, text);
}

/* What others make of a variant that comes over D-Bus, say */
static gboolean
survives_a_journey (GVariant *variant)
{
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (variant);
  g_autoptr (GVariant) received =
    g_variant_ref_sink (g_variant_new_from_bytes (g_variant_get_type (variant), bytes, FALSE));

  return g_variant_is_normal_form (received) && g_variant_equal (variant, received);
}

/* A GVariant may be less deep than JSON. Whatever there is one for has a sound one. */
static void
test_deepest_variant (void)
{
  static const struct
  {
    const char *open;
    const char *close;
    guint n_levels; /* of the deepest for which there is a variant */
  } nestings[] = {
    { "[", "]", 63 },
    { "{\"a\":", "}", 42 },
    { "[0,{\"a\":", "},true]", 25 },
    { "{\"a\":null,\"b\":[[", "]]}", 18 },
  };
  static const char *const innermost[] = { "true", "\"text\"", "1.5", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (nestings) * G_N_ELEMENTS (innermost); i++)
    for (guint n_levels = 1; n_levels <= 100; n_levels++)
      {
        guint nesting = i / G_N_ELEMENTS (innermost);
        g_autofree char *text =
          nest (nestings[nesting].open, innermost[i % G_N_ELEMENTS (innermost)],
                nestings[nesting].close, n_levels);
        g_autoptr (PusherEvent) event = event_with_data (text);
        GVariant *variant = pusher_event_get_variant (event);

        g_assert_nonnull (pusher_event_get_json (event));
        g_assert_cmpint (variant != NULL, ==, n_levels <= nestings[nesting].n_levels);
        if (variant != NULL)
          g_assert_true (survives_a_journey (variant));
        g_assert_true (pusher_event_get_variant (event) == variant);
      }
}

/* An event without another reference serves again, as if it was new. */
static void
test_release (void)
{
  PusherEvent *first = event_from_wire ("{\"event\":\"x\",\"data\":{\"a\": 1}}");
  PusherEvent *spare = NULL;
  PusherEvent *second;
  PusherMessage message;
  const char *text = "{\"event\":\"e\",\"data\":[true]}";

  g_assert_nonnull (pusher_event_get_json (first));
  g_assert_nonnull (pusher_event_get_variant (first));
  pusher_event_release (first, &spare);
  g_assert_true (spare == first);

  g_assert_true (pusher_message_decode (&message, text, strlen (text), NULL));
  second = pusher_event_new_from_spare (&spare, &message);
  g_assert_true (second == first && spare == NULL);
  assert_strings (second, "e", NULL, "[true]", NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (pusher_event_get_json (second))),
                    ==, 1);
  g_assert_cmpstr (g_variant_get_type_string (pusher_event_get_variant (second)), ==, "av");
  pusher_event_release (second, &spare);
  g_assert_finalize_object (spare);
}

/* What is attached to an event, and how it is told of its end. */
typedef struct
{
  gpointer pointer; /* to the event or to what goes with it; weak but for references */
  GWeakRef weak_ref;
  GClosure *closure;
  GMountOperation *target; /* of a binding; any object with a string to set */
  guint n_told;
} Attachment;

static void
told_cb (gpointer attachment)
{
  ((Attachment *) attachment)->n_told++;
}

static void
weak_notify_cb (gpointer attachment,
                GObject *where_the_object_was)
{
  told_cb (attachment);
}

static void
closure_cb (gpointer  attachment,
            GClosure *closure)
{
  told_cb (attachment);
}

static void
toggle_cb (gpointer attachment,
           GObject *object,
           gboolean is_last_reference)
{
  g_assert_true (is_last_reference);
}

static void
attach_reference (PusherEvent *event,
                  Attachment  *self)
{
  self->pointer = g_object_ref (event);
}

static void
attach_toggle_reference (PusherEvent *event,
                         Attachment  *self)
{
  g_object_add_toggle_ref (G_OBJECT (event), toggle_cb, self);
  self->pointer = event;
}

static void
attach_data (PusherEvent *event,
             Attachment  *self)
{
  g_object_set_data_full (G_OBJECT (event), "test", self, told_cb);
}

static void
attach_qdata (PusherEvent *event,
              Attachment  *self)
{
  g_object_set_qdata (G_OBJECT (event), g_quark_from_static_string ("test"), self);
}

static void
attach_weak_notify (PusherEvent *event,
                    Attachment  *self)
{
  g_object_weak_ref (G_OBJECT (event), weak_notify_cb, self);
}

static void
attach_weak_pointer (PusherEvent *event,
                     Attachment  *self)
{
  self->pointer = event;
  g_object_add_weak_pointer (G_OBJECT (event), &self->pointer);
}

static void
attach_weak_ref (PusherEvent *event,
                 Attachment  *self)
{
  g_weak_ref_set (&self->weak_ref, event);
}

static void
attach_closure (PusherEvent *event,
                Attachment  *self)
{
  self->closure = g_closure_ref (g_cclosure_new (G_CALLBACK (told_cb), self, NULL));
  g_closure_sink (self->closure);
  g_closure_add_invalidate_notifier (self->closure, self, closure_cb);
  g_object_watch_closure (G_OBJECT (event), self->closure);
}

static void
attach_handler (PusherEvent *event,
                Attachment  *self)
{
  g_signal_connect_data (event, "notify::data", G_CALLBACK (told_cb), self, closure_cb, 0);
}

static void
attach_binding (PusherEvent *event,
                Attachment  *self)
{
  self->target = g_mount_operation_new ();
  self->pointer = g_object_bind_property (event, "data", self->target, "username", 0);
  g_object_add_weak_pointer (self->pointer, &self->pointer);
}

/* What is kept, or has something attached to it, does not. That GObject has no other
 * place for what is attached than where is_pristine() looks, is known from this. */
static void
test_release_attached (void)
{
  static const struct
  {
    void (*attach) (PusherEvent *event,
                    Attachment  *attachment);
    gboolean keeps;
    guint n_told;
  } cases[] = {
    { attach_reference, TRUE, 0 },     { attach_toggle_reference, TRUE, 0 },
    { attach_data, FALSE, 1 },         { attach_qdata, FALSE, 0 },
    { attach_weak_notify, FALSE, 1 },  { attach_weak_pointer, FALSE, 0 },
    { attach_weak_ref, FALSE, 0 },     { attach_closure, FALSE, 1 },
    { attach_handler, FALSE, 1 },      { attach_binding, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PusherEvent *event = event_with_data ("1");
      PusherEvent *spare = NULL;
      Attachment attachment = { 0 };

      g_weak_ref_init (&attachment.weak_ref, NULL);
      cases[i].attach (event, &attachment);
      pusher_event_release (event, &spare);
      g_assert_null (spare);

      if (cases[i].keeps)
        g_assert_cmpstr (pusher_event_get_data (attachment.pointer), ==, "1");
      else
        g_assert_null (attachment.pointer);
      g_assert_null (g_weak_ref_get (&attachment.weak_ref));
      g_assert_cmpuint (attachment.n_told, ==, cases[i].n_told);

      if (cases[i].attach == attach_reference)
        g_object_unref (attachment.pointer);
      else if (cases[i].attach == attach_toggle_reference)
        g_object_remove_toggle_ref (attachment.pointer, toggle_cb, &attachment);
      g_clear_pointer (&attachment.closure, g_closure_unref);
      g_clear_object (&attachment.target);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event/from-wire", test_from_wire);
  g_test_add_func ("/event/bytes", test_bytes);
  g_test_add_func ("/event/takes-message", test_takes_message);
  g_test_add_func ("/event/own", test_own);
  g_test_add_func ("/event/properties-are-read-only", test_properties_are_read_only);
  g_test_add_func ("/event/json", test_json);
  g_test_add_func ("/event/json-of-both-encodings", test_json_of_both_encodings);
  g_test_add_func ("/event/variant", test_variant);
  g_test_add_func ("/event/variant-outlives-event", test_variant_outlives_event);
  g_test_add_func ("/event/not-json", test_not_json);
  g_test_add_func ("/event/hostile", test_hostile);
  g_test_add_func ("/event/large", test_large);
  g_test_add_func ("/event/deepest", test_deepest);
  g_test_add_func ("/event/deepest-variant", test_deepest_variant);

  g_test_add_func ("/event/release", test_release);
  g_test_add_func ("/event/release/attached", test_release_attached);

  return g_test_run ();
}
