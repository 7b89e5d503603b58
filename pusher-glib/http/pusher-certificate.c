/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-certificate-private.h"

static const struct
{
  GTlsCertificateFlags flaw;
  const char *words;
} descriptions[] = {
  { G_TLS_CERTIFICATE_UNKNOWN_CA, "it is signed by an unknown authority" },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, "it is for another host" },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, "it is not valid yet" },
  { G_TLS_CERTIFICATE_EXPIRED, "it has expired" },
  { G_TLS_CERTIFICATE_REVOKED, "it was revoked" },
  { G_TLS_CERTIFICATE_INSECURE, "its algorithm is insecure" },
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
      g_ptr_array_add (words, (gpointer) descriptions[i].words);

  if (words->len == 0)
    g_ptr_array_add (words, (gpointer) "it could not be verified");
  g_ptr_array_add (words, NULL);
  all = g_strjoinv (", and ", (char **) words->pdata);

  return g_strdup_printf ("unacceptable TLS certificate: %s", all);
}
