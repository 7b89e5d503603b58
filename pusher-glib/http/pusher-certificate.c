/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-certificate-private.h"

#include <glib/gi18n-lib.h>

static const struct
{
  GTlsCertificateFlags flaw;
  const char *words;
} descriptions[] = {
  /* Translators: “it” is a TLS certificate. These are put together, in this order. */
  { G_TLS_CERTIFICATE_UNKNOWN_CA, N_("it is signed by an unknown authority") },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, N_("it is for another host") },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, N_("it is not valid yet") },
  { G_TLS_CERTIFICATE_EXPIRED, N_("it has expired") },
  { G_TLS_CERTIFICATE_REVOKED, N_("it was revoked") },
  { G_TLS_CERTIFICATE_INSECURE, N_("its algorithm is insecure") },
};

/*
 * pusher_certificate_describe_flaws:
 *
 * Says why a certificate was rejected, such as “unacceptable TLS certificate: it
 * has expired, and it is for another host”.
 *
 * Returns: (transfer full):
 */
char *
pusher_certificate_describe_flaws (GTlsCertificateFlags flaws)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *all = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (descriptions); i++)
    if ((flaws & descriptions[i].flaw) != 0)
      g_ptr_array_add (words, (gpointer) _(descriptions[i].words));

  if (words->len == 0)
    g_ptr_array_add (words, (gpointer) _("it could not be verified"));
  g_ptr_array_add (words, NULL);
  /* Translators: between the reasons why a certificate is unacceptable */
  all = g_strjoinv (_(", and "), (char **) words->pdata);

  /* Translators: follows a colon; %s is one of the reasons, or several */
  return g_strdup_printf (_("unacceptable TLS certificate: %s"), all);
}
