/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a command cannot do without. */
typedef enum
{
  TOOL_NEEDS_NOTHING = 0,
  TOOL_NEEDS_SERVER = 1 << 0, /* a key, and where to connect */
  TOOL_NEEDS_SECRET = 1 << 1,
  TOOL_NEEDS_APP_ID = 1 << 2,
  TOOL_NEEDS_KEY = 1 << 3, /* alone */
  TOOL_NEEDS_OPTIONS_ONLY = 1 << 4, /* nor looks at the environment and the context */
} ToolNeeds;

/* For the REST interface. */
#define TOOL_NEEDS_BACKEND (TOOL_NEEDS_SERVER | TOOL_NEEDS_SECRET | TOOL_NEEDS_APP_ID)

typedef enum
{
  TOOL_SOURCE_NONE,
  TOOL_SOURCE_OPTION,
  TOOL_SOURCE_ENVIRONMENT,
  TOOL_SOURCE_CONTEXT,
} ToolSource;

/* At least as many as there are tool_known_settings */
#define TOOL_MAX_SETTINGS 32

/* Where the server is and who asks. Each text may be NULL. */
typedef struct
{
  char *app_id;
  char *key;
  char *secret;
  char *encryption_master_key; /* Base64 */
  char *cluster;
  char *host;
  char *port_text;
  char *scheme; /* “https” or “http” */
  char *path;
  char *origin;
  char *ca_file;
  char *auth_endpoint;
  char *user_auth_endpoint;
  char *auth_headers; /* “Name: value”, one in a line */
  char *user_id;      /* who one is, for whoever signs with the secret */
  char *user_info;    /* JSON */

  /* Read from the texts */
  guint port; /* 0 if it is the usual one */
  gboolean use_tls;

  ToolSource sources[TOOL_MAX_SETTINGS]; /* of the texts */
} ToolSettings;

typedef struct
{
  const char *name;     /* in a context */
  const char *variable; /* in the environment: Laravel's names, where it has one */
  gsize offset;         /* of the text */
  gboolean is_address;  /* good only together with the others of its layer */
  gboolean is_secret;
} ToolSetting;

/* Ends with an empty one. */
extern const ToolSetting tool_known_settings[];

/* The options of all commands. They fill variables of settings.c, so that one command line
 * can be parsed in a process. */
GOptionGroup  *tool_settings_get_options (void);

/* From the options; what they leave open from the environment; what that leaves open from
 * the context. One that was asked for by its name goes before the environment. */
ToolSettings  *tool_settings_new         (ToolNeeds           needs,
                                          GError            **error);
gboolean       tool_settings_check       (const ToolSettings *self,
                                          ToolNeeds           needs,
                                          GError            **error);
void           tool_settings_free        (ToolSettings       *self);
char         **tool_settings_get_text    (const ToolSettings *self,
                                          const ToolSetting  *setting);

/* TOOL_SOURCE_NONE if it is not set. */
ToolSource     tool_settings_get_source  (const ToolSettings *self,
                                          const ToolSetting  *setting);

/* Of the options, whether or not there are settings. */
gboolean       tool_is_quiet             (void);
gboolean       tool_is_verbose           (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToolSettings, tool_settings_free)

G_END_DECLS
