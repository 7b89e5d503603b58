# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""From what programs printed to medians and tables."""

import statistics


def median(rounds, label, value):
    return statistics.median(value(results[label]) for results in rounds)


def cpu_per_message(result):
    return result['cpu'] / result['messages']


def has(rounds, *labels):
    return all(label in results for results in rounds for label in labels)


def paired_ratio(rounds, of, to, value):
    """The median of the ratios of each round: what disturbs a round disturbs both."""
    return statistics.median(value(results[to]) / value(results[of]) for results in rounds)


def print_table(head, rows):
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, ['-' * width for width in widths], *rows]:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        print('| ' + ' | '.join(cells) + ' |')
    print(flush=True)


def summarise_flood(case, rounds):
    summary = {'contestants': {}, 'ratios': []}
    for contestant in case.contestants:
        label = contestant.label
        if not has(rounds, label):
            continue
        cpu = median(rounds, label, cpu_per_message)
        summary['contestants'][label] = {
            'cpu': cpu, 'rate': 1e6 / cpu,
            'wall': median(rounds, label, lambda result: result['wall'] / result['messages']),
            'peak': median(rounds, label, lambda result: result['peak'])}
    for of, to in case.ratios:
        if has(rounds, of, to):
            summary['ratios'].append([of, to, paired_ratio(rounds, of, to, cpu_per_message)])
    return summary


def print_flood(summary):
    print_table(
        ['', 'messages/s', 'CPU µs', 'wall µs', 'peak MB'],
        [[label, f'{row["rate"]:,.0f}', f'{row["cpu"]:.3f}', f'{row["wall"]:.3f}',
          f'{row["peak"] / 1e6:.1f}'] for label, row in summary['contestants'].items()])
    for of, to, ratio in summary['ratios']:
        print(f'{of}: {ratio:.3f} × {to}')


def summarise_numbers(case, rounds):
    """All that was printed, each number by itself."""
    summary = {'contestants': {}, 'ratios': []}
    for contestant in case.contestants:
        label = contestant.label
        if has(rounds, label):
            summary['contestants'][label] = {
                name: median(rounds, label, lambda result, name=name: result[name])
                for name in rounds[0][label]}
    for of, to in case.ratios:
        for name in rounds[0].get(of, {}):
            if has(rounds, of, to):
                ratio = summary['contestants'][to][name] / summary['contestants'][of][name]
                summary['ratios'].append([of, to, ratio, name])
    return summary


def print_numbers(summary):
    rows = summary['contestants']
    if not rows:
        return
    names = list(next(iter(rows.values())))
    print_table(['', *names], [[label, *(f'{row[name]:,.1f}' for name in names)]
                               for label, row in rows.items()])
    for of, to, ratio, name in summary['ratios']:
        print(f'{to} takes {ratio:.3f} of {of} ({name})')


def summarise_lateness(case, rounds):
    """The worst of all rounds: a timer is as late as it ever was."""
    summary = summarise_numbers(case, rounds)
    for label, row in summary['contestants'].items():
        row['latest'] = max(results[label]['late'] for results in rounds)
        row['interval'] = row['wall'] / max(1, row['ticks'])
    return summary


def print_lateness(summary):
    print_table(
        ['', 'late, ms', 'at worst', 'a tick every', 'messages/s', 'peak MB'],
        [[label, f'{row["late"] / 1000:,.1f}', f'{row["latest"] / 1000:,.1f}',
          f'{row["interval"] / 1000:,.1f}', f'{row["messages"] / row["wall"] * 1e6:,.0f}',
          f'{row["peak"] / 1e6:.0f}'] for label, row in summary['contestants'].items()])
