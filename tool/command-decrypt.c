/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Reads what was published to an encrypted channel. */

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdio.h>

#include "commands.h"
#include "complain.h"
#include "input.h"
#include "sealing.h"

static ToolStatus
run (const ToolSettings *settings,
     char              **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sealed =
    tool_input_get_data (arguments[1] != NULL ? arguments[1] : "-", &error);
  g_autofree char *plain = NULL;

  if (sealed != NULL && !tool_sealing_is_needed (arguments[0]))
    tool_set_usage_error (&error, _("%s is not an encrypted channel: the names of those begin "
                                    "with “private-encrypted-”."), arguments[0]);
  else if (sealed != NULL)
    plain = tool_sealing_open (settings->encryption_master_key, arguments[0], sealed, &error);

  if (plain == NULL)
    {
      tool_complain (error);
      return error->domain == TOOL_USAGE_ERROR ? TOOL_STATUS_USAGE : TOOL_STATUS_FAILED;
    }
  printf ("%s\n", plain);

  return TOOL_STATUS_DONE;
}

const ToolCommand tool_decrypt_command = {
  .name = "decrypt",
  .arguments = N_("CHANNEL [DATA|-]"),
  .summary = N_("Decrypt the data of an encrypted channel with the master key"),
  .description = N_("The data is that of the message, {\"nonce\": …, \"ciphertext\": …}; without "
                    "it, or with “-”, it is read from standard input. "
                    "PUSHER_ENCRYPTION_MASTER_KEY or a context has the key."),
  .examples = "decrypt private-encrypted-ward < sealed.json",
  .min_arguments = 1,
  .max_arguments = 2,
  .run = run,
};
