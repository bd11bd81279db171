package io.narthex.storage.tsdb.internal;

import java.util.concurrent.atomic.LongAdder;

/** What the maintenance of a database counts. */
final class MaintenanceCounters {
  final LongAdder triggered = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder skipped = new LongAdder();
  final LongAdder reloads = new LongAdder();
  final LongAdder reloadFailures = new LongAdder();
  final LongAdder timeRetentions = new LongAdder();
  final LongAdder sizeRetentions = new LongAdder();
}
