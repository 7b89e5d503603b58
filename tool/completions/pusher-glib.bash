# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

# What there is to complete is said by the program itself.

_pusher_glib_commands ()
{
  LC_ALL=C pusher-glib --help 2> /dev/null | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p'
}

_pusher_glib_options ()
{
  LC_ALL=C pusher-glib "$1" --help-all 2> /dev/null | grep -o -e '--[a-z][a-z-]*'
}

_pusher_glib_contexts ()
{
  pusher-glib context list 2> /dev/null | cut -c 3-
}

_pusher_glib ()
{
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
  local command=${COMP_WORDS[1]}
  COMPREPLY=()

  if (( COMP_CWORD == 1 )); then
    mapfile -t COMPREPLY < <(compgen -W "$(_pusher_glib_commands) --help --version" -- "$current")
    return
  fi

  case $previous in
    --context | -c)
      mapfile -t COMPREPLY < <(compgen -W "$(_pusher_glib_contexts)" -- "$current")
      return
      ;;
    --ca-file)
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
      ;;
  esac

  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_pusher_glib_options "$command")" -- "$current")
  elif [[ $command == context && $COMP_CWORD == 2 ]]; then
    mapfile -t COMPREPLY < <(compgen -W "add use list show remove" -- "$current")
  elif [[ $command == context ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_pusher_glib_contexts)" -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}

complete -F _pusher_glib pusher-glib
