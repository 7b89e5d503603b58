/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>
#include <pusher-glib/pusher.h>

#include "distribution.h"
#include "doctor-report.h"
#include "job.h"

G_BEGIN_DECLS

typedef struct _ToolDoctor ToolDoctor;

/* One step. It ends with tool_doctor_end(), also when it is cancelled. */
typedef struct
{
  const char *name;
  const char *needs; /* the name of an earlier one; NULL for none */
  void (*start) (ToolDoctor *self);
} ToolCheck;

/* What the checks know, and what they leave to the next ones. */
struct _ToolDoctor
{
  const ToolSettings *settings;
  const char *public_channel;
  const char *private_channel; /* NULL if nobody asked for one */
  gboolean wants_idle;
  guint idle_seconds; /* 0 for as long as the client is silent by itself */
  double limit;       /* of a check, in seconds */

  ToolJob *job;
  ToolReport *report;

  /* The present check */
  const ToolCheck *check; /* NULL if they are over */
  GCancellable *cancellable;
  guint limit_source;
  guint next_source;
  GError *cause; /* of its failure, while it looks for more */
  gboolean timed_out;
  gboolean stopped;

  /* Of the settings */
  PusherClient *client;
  char *host;
  guint port;

  /* Of the network */
  GUri *proxy; /* NULL for none */
  char *peer;  /* the host that is connected to, the proxy's or the server's */
  guint peer_port;
  GPtrArray *addresses;    /* of GInetAddress */
  GSocketAddress *address; /* the one that answered first */
  GIOStream *stream;       /* to it, or through the proxy */
  GTlsCertificateFlags flaws; /* of the certificate of the server */

  /* Of the connection */
  SoupMessage *handshake;
  gulong handshake_handlers[2];
  gint64 server_time;      /* µs since the epoch, as the server said; 0 if it did not */
  gint64 server_time_at;   /* when it did */
  GError *connection_error; /* the first one, before there was a connection */
  ToolDistribution *round_trips; /* in µs */
};

extern const ToolCheck tool_doctor_checks[]; /* ends with one without a name */

void       tool_doctor_init        (ToolDoctor         *self,
                                    const ToolSettings *settings,
                                    gboolean            as_json);
/* Runs all checks, or those until it is interrupted. */
ToolStatus tool_doctor_run         (ToolDoctor         *self);
void       tool_doctor_clear       (ToolDoctor         *self);

/* For a check. @fault and @advice as in tool_report_end(). What failed because its time was
 * over is told as that. */
void       tool_doctor_end         (ToolDoctor         *self,
                                    ToolOutcome         outcome,
                                    const char         *fault,
                                    const char         *advice,
                                    const char         *format,
                                    ...) G_GNUC_PRINTF (5, 6);
/* From now on, in seconds, instead of the limit of all. */
void       tool_doctor_set_limit   (ToolDoctor         *self,
                                    double              seconds);
/* What may be cancelled already has a new chance, of another limit. */
void       tool_doctor_renew       (ToolDoctor         *self);

/* What the peer speaks if it is not what was expected; the result comes as @answer, and never
 * through a proxy. The check has a new limit then, and keeps having timed out. */
typedef void (*ToolDoctorAnswer) (ToolDoctor *self,
                                  gboolean    answer);
void       tool_doctor_probe_http  (ToolDoctor         *self,
                                    ToolDoctorAnswer    answer);
void       tool_doctor_probe_tls   (ToolDoctor         *self,
                                    ToolDoctorAnswer    answer);

/* The one to be authorized. */
const char *tool_doctor_get_private_channel (ToolDoctor *self);

/* Where to, without what may be secret. */
char      *tool_doctor_clean_uri   (const char         *text);

/* The checks */
void       tool_doctor_check_settings (ToolDoctor *self);
void       tool_doctor_check_proxy    (ToolDoctor *self);
void       tool_doctor_check_dns      (ToolDoctor *self);
void       tool_doctor_check_tcp      (ToolDoctor *self);
void       tool_doctor_check_tunnel   (ToolDoctor *self);
void       tool_doctor_check_tls      (ToolDoctor *self);
void       tool_doctor_check_upgrade  (ToolDoctor *self);
void       tool_doctor_check_hello    (ToolDoctor *self);
void       tool_doctor_check_ping     (ToolDoctor *self);
void       tool_doctor_check_public   (ToolDoctor *self);
void       tool_doctor_check_endpoint (ToolDoctor *self);
void       tool_doctor_check_private  (ToolDoctor *self);
void       tool_doctor_check_clock    (ToolDoctor *self);
void       tool_doctor_check_idle     (ToolDoctor *self);

G_END_DECLS
