/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A fuzzer as an ordinary program: it reads files and the files of folders, which are
 * its seeds, then random inputs, of which some are seeds that have been changed.
 *
 *   fuzz-NAME [--runs=N] FILE-OR-FOLDER…
 *
 * PUSHER_FUZZ_RUNS and PUSHER_FUZZ_SEED have it run more, and others. The input of a
 * failure is left in fuzz-NAME.failed, for libFuzzer as for this program.
 */

#include <gio/gio.h>

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define MAX_LENGTH 1200
#define DEFAULT_SEED 1

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         length);

/* Of the sanitizers; not there without. */
void __sanitizer_set_death_callback (void (*callback) (void)) __attribute__ ((weak));

/* What is running, for whoever dies of it */
static struct
{
  const guint8 *bytes;
  gsize length;
  char name[160];
  char path[160];
} current;

static void
tell_current (void)
{
  static const char where[] = "\nThe input is left in ";
  const char *const parts[] = { "\nFailed: ", current.name, where, current.path, "\n" };
  int fd;

  if (current.bytes == NULL)
    return;

  fd = open (current.path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (fd >= 0 && write (fd, current.bytes, current.length) == (gssize) current.length)
    close (fd);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (write (STDERR_FILENO, parts[i], strlen (parts[i])) < 0)
      break;
  current.bytes = NULL;
}

static void
died_cb (int number)
{
  tell_current ();
  signal (number, SIG_DFL);
  raise (number);
}

static void
hear_of_death (const char *program)
{
  /* SIGTERM: of a test that took too long; SIGTRAP: of fatal warnings */
  static const int numbers[] = { SIGABRT, SIGTRAP, SIGTERM, SIGSEGV, SIGBUS, SIGFPE };
  g_autofree char *name = g_path_get_basename (program);

  g_snprintf (current.path, sizeof current.path, "%s.failed", name);
  if (__sanitizer_set_death_callback != NULL)
    __sanitizer_set_death_callback (tell_current);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      struct sigaction old;

      /* A sanitizer says more than we could. */
      if (sigaction (numbers[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
        signal (numbers[i], died_cb);
    }
}

static void
run_input (const guint8 *bytes,
           gsize         length,
           const char   *name)
{
  /* Exactly as long: what is read behind the end is noticed. */
  g_autofree guint8 *exact = g_memdup2 (bytes, length);

  g_strlcpy (current.name, name, sizeof current.name);
  current.length = length;
  current.bytes = exact;
  LLVMFuzzerTestOneInput (exact, length);
  current.bytes = NULL;
}

/* --- Seeds --------------------------------------------------------------- */

static void
add_file (GPtrArray  *seeds,
          const char *path)
{
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  run_input ((const guint8 *) contents, length, path);
  g_ptr_array_add (seeds, g_bytes_new_take (contents, length));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In an order that is the same everywhere */
static void
add_folder (GPtrArray  *seeds,
            const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (files, g_build_filename (path, name, NULL));
  g_ptr_array_sort (files, compare_names);
  for (guint i = 0; i < files->len; i++)
    add_file (seeds, files->pdata[i]);
}

/* --- Random inputs ------------------------------------------------------- */

static guint
draw (GRand *rand,
      guint  n)
{
  return n > 0 ? (guint) g_rand_int_range (rand, 0, (int) n) : 0;
}

static void
append_random (GByteArray *input,
               GRand      *rand)
{
  guint length = 1 + draw (rand, 1 + draw (rand, MAX_LENGTH));

  while (length-- > 0)
    {
      guint8 byte = (guint8) draw (rand, 256);

      g_byte_array_append (input, &byte, 1);
    }
}

static void
append_part (GByteArray *input,
             GRand      *rand,
             GBytes     *seed)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (seed, &length);
  guint begin = draw (rand, 2) == 0 ? 0 : draw (rand, (guint) length);

  if (bytes != NULL)
    g_byte_array_append (input, bytes + begin, draw (rand, (guint) (length - begin) + 1));
}

static void
change (GByteArray *input,
        GRand      *rand)
{
  guint n_changes = draw (rand, 8);

  while (n_changes-- > 0 && input->len > 0)
    {
      guint position = draw (rand, input->len);

      if (draw (rand, 4) == 0)
        g_byte_array_remove_range (input, position, 1);
      else
        input->data[position] = (guint8) draw (rand, 256);
    }
}

static void
run_random (GPtrArray *seeds,
            guint32    seed)
{
  g_autoptr (GByteArray) input = g_byte_array_new ();
  g_autofree char *name = g_strdup_printf ("PUSHER_FUZZ_RUNS=1 PUSHER_FUZZ_SEED=%u", seed);
  GRand *rand = g_rand_new_with_seed (seed);

  if (seeds->len > 0 && draw (rand, 2) == 0)
    {
      guint n_parts = 1 + draw (rand, 3);

      while (n_parts-- > 0)
        append_part (input, rand, seeds->pdata[draw (rand, seeds->len)]);
      change (input, rand);
    }
  else
    {
      append_random (input, rand);
    }
  g_rand_free (rand);
  run_input (input->data, input->len, name);
}

static guint
get_number (const char *variable,
            guint       otherwise)
{
  const char *text = g_getenv (variable);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : otherwise;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  guint n_runs = 0;
  guint32 seed = get_number ("PUSHER_FUZZ_SEED", DEFAULT_SEED);

  hear_of_death (argv[0]);
  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], "--runs="))
      n_runs = (guint) g_ascii_strtoull (argv[i] + strlen ("--runs="), NULL, 10);
    else if (g_file_test (argv[i], G_FILE_TEST_IS_DIR))
      add_folder (seeds, argv[i]);
    else
      add_file (seeds, argv[i]);

  n_runs = get_number ("PUSHER_FUZZ_RUNS", n_runs);
  for (guint i = 0; i < n_runs; i++)
    run_random (seeds, seed + i);
  g_print ("%u seeds, %u random inputs\n", seeds->len, n_runs);

  return 0;
}
