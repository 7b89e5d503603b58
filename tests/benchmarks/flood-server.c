/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* flood-server NAME=VALUE…: a server that says what it was made to say, as fast as
 * it is read. It looks only for what it needs in what clients send. Prints its port,
 * and ends at the end of its input.
 *
 * mode=flood     what the script says, once all channels are subscribed to; what is
 *                to be measured once there is a subscription to the channel GO
 * mode=distinct  the same, and no two events have the same name
 * mode=echo      one message, and another for each client event
 * mode=sink      nothing, but it counts the client events
 * mode=idle      nothing
 *
 * After all messages comes one event "end". */

#include "frames.h"
#include "script.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct
{
  Settings settings;
  Script script;
  int epoll;
  int listener;
} Server;

typedef struct
{
  Server *server;
  int fd;
  GByteArray *in;
  GByteArray *out;       /* answers; they go before the flood */
  gsize n_out;           /* of them that are sent */
  gboolean open;         /* the handshake is done */
  gboolean watching_out;
  guint64 n_subscribed;
  guint64 n_events;      /* client events */
  guint64 n_left;        /* of the flood, or of its first part */
  gboolean last_part;
  guint64 n_flooded;
  guint message;         /* the next one of the block that is not sent in full */
  gsize offset;          /* in the block */
} Peer;

/* --- Sending ------------------------------------------------------------- */

static gboolean
write_some (Peer         *self,
            const guint8 *bytes,
            gsize         length,
            gsize        *n_written)
{
  gssize n = send (self->fd, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);

  *n_written = MAX (n, 0);

  return n == (gssize) length;
}

static gboolean
write_answers (Peer *self)
{
  gsize n;
  gboolean all = write_some (self, self->out->data + self->n_out, self->out->len - self->n_out, &n);

  self->n_out += n;
  if (all)
    {
      g_byte_array_set_size (self->out, 0);
      self->n_out = 0;
    }

  return all;
}

static void
append_end (Peer *self)
{
  g_autofree char *text = script_make_end (&self->server->settings);

  frame_append_text (self->out, text);
}

/* Returns: FALSE if the socket is full */
static gboolean
write_flood (Peer *self)
{
  Script *script = &self->server->script;
  GArray *ends = script->ends;

  while (self->n_left > 0)
    {
      guint last = MIN (ends->len - self->message, self->n_left) + self->message - 1;
      gsize end = g_array_index (ends, gsize, last);
      gboolean all;
      gsize n;

      if (self->offset == 0)
        script_number (script, self->n_flooded);

      all = write_some (self, script->block->data + self->offset, end - self->offset, &n);
      self->offset += n;
      while (self->message <= last && g_array_index (ends, gsize, self->message) <= self->offset)
        {
          self->message++;
          self->n_left--;
          self->n_flooded++;
        }
      if (self->message == ends->len)
        self->message = self->offset = 0;
      if (!all)
        return FALSE;
    }

  return TRUE;
}

static void
watch (Peer    *self,
       gboolean out)
{
  struct epoll_event event = { .events = EPOLLIN | (out ? EPOLLOUT : 0), .data.ptr = self };

  if (self->watching_out != out)
    epoll_ctl (self->server->epoll, EPOLL_CTL_MOD, self->fd, &event);
  self->watching_out = out;
}

static void
flush (Peer *self)
{
  gboolean flooding = self->n_left > 0;
  gboolean all = write_answers (self) && write_flood (self);

  if (flooding && self->n_left == 0 && self->last_part)
    {
      append_end (self);
      all = write_answers (self);
    }
  watch (self, !all);
}

/* --- Receiving ----------------------------------------------------------- */

static void
start_flood (Peer *self)
{
  const Settings *settings = &self->server->settings;

  if (g_str_equal (settings->mode, "flood") || g_str_equal (settings->mode, "distinct"))
    self->n_left = settings->warm_up;
  else if (g_str_equal (settings->mode, "echo"))
    g_byte_array_append (self->out, self->server->script.block->data,
                         g_array_index (self->server->script.ends, gsize, 0));
}

static void
answer_subscription (Peer       *self,
                     const char *text)
{
  static const char member[] = "\"channel\":\"";
  const Settings *settings = &self->server->settings;
  const char *start = strstr (text, member) + strlen (member);
  g_autofree char *channel = g_strndup (start, strchr (start, '"') - start);
  g_autofree char *answer = NULL;

  if (settings->members > 0 && !g_str_equal (channel, GO))
    answer = script_make_snapshot (settings, channel);
  else
    answer = g_strdup_printf ("{\"event\":\"pusher_internal:subscription_succeeded\","
                              "\"channel\":\"%s\",\"data\":\"{}\"}", channel);
  frame_append_text (self->out, answer);

  if (g_str_equal (channel, GO))
    {
      self->last_part = TRUE;
      self->n_left = settings->count;
      return;
    }

  self->n_subscribed++;
  if (self->n_subscribed == settings->channels)
    start_flood (self);
}

static void
handle_client_event (Peer *self)
{
  const Settings *settings = &self->server->settings;

  self->n_events++;
  if (self->n_events == settings->warm_up + settings->count)
    append_end (self);
  else if (g_str_equal (settings->mode, "echo"))
    g_byte_array_append (self->out, self->server->script.block->data,
                         g_array_index (self->server->script.ends, gsize, 0));
}

static void
handle_text (Peer       *self,
             const char *text)
{
  if (strstr (text, "\"pusher:subscribe\"") != NULL)
    answer_subscription (self, text);
  else if (strstr (text, "\"pusher:ping\"") != NULL)
    frame_append_text (self->out, "{\"event\":\"pusher:pong\",\"data\":{}}");
  else if (strstr (text, "\"client-") != NULL)
    handle_client_event (self);
  else
    g_error ("A client sent %s", text);
}

static void
handle_frames (Peer *self)
{
  gsize start = 0, size, length;
  FrameType type;
  char *payload;

  while ((size = frame_parse (self->in->data + start, self->in->len - start,
                              &type, &payload, &length)) > 0)
    {
      g_autofree char *text = g_strndup (payload, length);

      start += size;
      if (type == FRAME_TEXT)
        handle_text (self, text);
      else if (type == FRAME_PING)
        frame_append (self->out, FRAME_PONG, payload, length);
      else if (type == FRAME_CLOSE)
        frame_append (self->out, FRAME_CLOSE, payload, length);
    }
  g_byte_array_remove_range (self->in, 0, start);
}

static void
handle_handshake (Peer *self)
{
  const char *end = g_strstr_len ((char *) self->in->data, self->in->len, "\r\n\r\n");
  g_autofree char *request = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *established = NULL;

  if (end == NULL)
    return;

  request = g_strndup ((char *) self->in->data, end - (char *) self->in->data);
  answer = handshake_answer (request);
  g_byte_array_append (self->out, (guint8 *) answer, strlen (answer));
  established = g_strdup_printf ("{\"event\":\"pusher:connection_established\",\"data\":"
                                 "\"{\\\"socket_id\\\":\\\"1.%d\\\",\\\"activity_timeout\\\":%d}\"}",
                                 self->fd, (int) self->server->settings.activity_timeout);
  frame_append_text (self->out, established);
  g_byte_array_remove_range (self->in, 0, end + 4 - (char *) self->in->data);
  self->open = TRUE;
}

/* Returns: FALSE once the client has gone */
static gboolean
receive (Peer *self)
{
  guint8 bytes[65536];
  gssize n = recv (self->fd, bytes, sizeof bytes, MSG_DONTWAIT);

  if (n < 0 && errno == EAGAIN)
    return TRUE;
  if (n <= 0)
    return FALSE;

  g_byte_array_append (self->in, bytes, n);
  if (!self->open)
    handle_handshake (self);
  if (self->open)
    handle_frames (self);

  return TRUE;
}

/* --- The server ---------------------------------------------------------- */

static void
peer_free (Peer *self)
{
  close (self->fd);
  g_byte_array_unref (self->in);
  g_byte_array_unref (self->out);
  g_free (self);
}

static void
accept_peer (Server *self)
{
  Peer *peer = g_new0 (Peer, 1);
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = peer };
  int on = 1;

  peer->server = self;
  peer->fd = accept (self->listener, NULL, NULL);
  if (peer->fd < 0)
    g_error ("accept: %s", g_strerror (errno));
  peer->in = g_byte_array_new ();
  peer->out = g_byte_array_new ();
  setsockopt (peer->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  epoll_ctl (self->epoll, EPOLL_CTL_ADD, peer->fd, &event);
}

static void
server_listen (Server *self)
{
  struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
  socklen_t length = sizeof address;

  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (bind (self->listener, (struct sockaddr *) &address, sizeof address) != 0 ||
      listen (self->listener, SOMAXCONN) != 0 ||
      getsockname (self->listener, (struct sockaddr *) &address, &length) != 0)
    g_error ("listen: %s", g_strerror (errno));

  printf ("%d\n", ntohs (address.sin_port));
  fflush (stdout);
}

static void
server_watch (Server *self,
              int     fd)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = NULL };

  /* Peers are known by their address; these two by being none. */
  event.data.ptr = fd == self->listener ? self : NULL;
  if (epoll_ctl (self->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
    g_error ("epoll_ctl: %s", g_strerror (errno));
}

static void
server_run (Server *self)
{
  struct epoll_event event;

  while (epoll_wait (self->epoll, &event, 1, -1) == 1 || errno == EINTR)
    {
      Peer *peer = event.data.ptr;

      if (event.data.ptr == NULL)
        return;
      if (event.data.ptr == self)
        accept_peer (self);
      else if ((event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0 && !receive (peer))
        peer_free (peer);
      else
        flush (peer);
    }
}

int
main (int    argc,
      char **argv)
{
  Server server = { 0 };

  settings_parse (&server.settings, argc, argv);
  script_init (&server.script, &server.settings);
  server.epoll = epoll_create1 (EPOLL_CLOEXEC);
  server_listen (&server);
  server_watch (&server, server.listener);
  server_watch (&server, STDIN_FILENO);
  server_run (&server);
  script_clear (&server.script);

  return 0;
}
