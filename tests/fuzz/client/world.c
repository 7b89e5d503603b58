/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "world.h"

#include "client/pusher-client-types-private.h"
#include "connection/pusher-connection-status-private.h"
#include "connection/pusher-heartbeat-table-private.h"
#include "protocol/pusher-secretbox-private.h"

#include <stdlib.h>
#include <string.h>

/* More than any input can ask for */
#define MAX_ITERATIONS 20000

World world;

static const char *const channel_names[N_CHANNEL_NAMES] = {
  "a", "private-p", "presence-r", "private-encrypted-e", "cache-c",
  "b", "private-q", "presence-s", "private-encrypted-cache-f", "presence-cache-t",
};

const char *const world_user_ids[N_USER_IDS] = { "1", "2", "3", "4", "5", "6" };

/* Of clients and connections, to move their clocks and timers */
static GPtrArray *clients; /* of GWeakRef */

/* For whoever looks into an input: PUSHER_FUZZ_VERBOSE=1 */
void
world_tell (const char *format,
            ...)
{
  static int verbose = -1;
  g_autofree char *text = NULL;
  va_list arguments;

  if (verbose < 0)
    verbose = g_getenv ("PUSHER_FUZZ_VERBOSE") != NULL;
  if (!verbose)
    return;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("%*s%s\n", (int) (2 * world.depth), "", text);
}

void
world_fail (const char *format,
            ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("The fuzzer found: %s\n", text);
  abort ();
}

/* --- Time ---------------------------------------------------------------- */

static gint64
clock_now (gpointer user_data)
{
  return world.now;
}

static double
clock_random (gpointer user_data)
{
  return input_draw (256) / 256.0;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

void
world_set_clock (PusherClient *client)
{
  static const PusherClock world_clock = { clock_now, clock_random, NULL };
  PusherConnection *connection = pusher_client_get_connection (client);
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  pusher_connection_set_clock (connection, &world_clock);
  g_weak_ref_init (ref, connection);
  g_ptr_array_add (clients, ref);
}

/* Timers that are due by then run when the main loop does. */
void
world_advance (gint64 time)
{
  world.now += time;
  for (guint i = 0; i < clients->len; i++)
    {
      g_autoptr (PusherConnection) connection = g_weak_ref_get (clients->pdata[i]);

      if (connection != NULL)
        pusher_deadlines_arm (&connection->deadlines);
    }
}

/* --- The main loop ------------------------------------------------------- */

void
world_iterate (guint n)
{
  while (n-- > 0 && g_main_context_iteration (world.context, FALSE))
    ;
}

/* Until nothing happens any more by itself */
void
world_settle (void)
{
  guint n = 0;

  while (g_main_context_iteration (world.context, FALSE))
    world_check (++n < MAX_ITERATIONS, "the main loop never rests");
}

/* Sources are numbered from 1 on. */
static void
check_sources (void)
{
  GSource *probe = g_idle_source_new ();
  guint last = g_source_attach (probe, world.context);

  g_source_destroy (probe);
  g_source_unref (probe);
  for (guint id = 1; id < last; id++)
    {
      GSource *source = g_main_context_find_source_by_id (world.context, id);
      const char *name = source != NULL ? g_source_get_name (source) : NULL;

      world_check (source == NULL, "a source is left: %s", name != NULL ? name : "without a name");
    }
}

/* --- Objects ------------------------------------------------------------- */

static void
object_gone_cb (gpointer  user_data,
                GObject  *object)
{
  world.n_objects--;
}

/* The object has to be freed in the end. */
void
world_track (gpointer object)
{
  world.n_objects++;
  g_object_weak_ref (object, object_gone_cb, NULL);
}

/* --- Keys ---------------------------------------------------------------- */

static void
make_key (PusherSecretboxKey *key,
          guint               index)
{
  memset (key->bytes, 'k' + (int) index, sizeof key->bytes);
}

char *
world_dup_key (guint index)
{
  PusherSecretboxKey key;

  make_key (&key, index);

  return pusher_secretbox_key_encode (&key);
}

/* Returns: (transfer full): the data of an event that is encrypted, as a JSON text */
char *
world_encrypt (guint       index,
               const char *text)
{
  PusherSecretboxKey key;

  make_key (&key, index);

  return pusher_secretbox_seal (&key, text);
}

/* --- Names --------------------------------------------------------------- */

const char *
world_get_channel (guint index)
{
  return channel_names[(world.first_name + index % world.n_names) % N_CHANNEL_NAMES];
}

const char *
world_draw_channel (void)
{
  return world_get_channel (input_draw (world.n_names));
}

/* Returns: which of the events that are numbered has this data, or 0 */
gint64
world_get_number (const char *data)
{
  static const char begin[] = "{\"n\":";

  return data != NULL && g_str_has_prefix (data, begin)
           ? g_ascii_strtoll (data + strlen (begin), NULL, 10) : 0;
}

/* --- The world ----------------------------------------------------------- */

void
world_start (void)
{
  pusher_heartbeat_table_clear ();
  memset (&world, 0, sizeof world);
  world.context = g_main_context_new ();
  g_main_context_push_thread_default (world.context);
  world.now = 1000 * (gint64) G_USEC_PER_SEC;
  world.first_name = input_draw (N_CHANNEL_NAMES);
  world.n_names = 1 + input_draw (N_CHANNEL_NAMES);
  world.prompt = input_draw (4) != 0;
  world.slow = input_draw (4) == 0;
  world.transports = g_ptr_array_new ();
  clients = g_ptr_array_new_with_free_func (weak_ref_free);
}

void
world_end (void)
{
  check_sources ();
  world_check (world.expected == 0, "event %" G_GINT64_FORMAT " was not told", world.expected);
  world_check (world.n_objects == 0, "%u objects are left", world.n_objects);
  world_check (world.transports->len == 0, "%u transports are left", world.transports->len);

  g_ptr_array_unref (clients);
  g_ptr_array_unref (world.transports);
  g_main_context_pop_thread_default (world.context);
  g_main_context_unref (world.context);
}
