package io.narthex.storage.tsdb.internal;

import io.narthex.api.config.Reconfigurable;
import io.narthex.api.config.StorageConfig;
import org.jspecify.annotations.Nullable;

/** A change of what the configuration says of the database, which can be taken back. */
final class SettingsChange implements Reconfigurable.Prepared {

  private final DatabaseRun run;
  private final StorageConfig.@Nullable Tsdb before;
  private final StorageConfig.Tsdb next;

  SettingsChange(DatabaseRun run, StorageConfig.Tsdb next) {
    this.run = run;
    this.before = run.settings();
    this.next = next;
  }

  @Override
  public void commit() {
    run.configure(next);
  }

  @Override
  public void rollback() {
    run.configure(before);
  }

  @Override
  public void discard() {}
}
