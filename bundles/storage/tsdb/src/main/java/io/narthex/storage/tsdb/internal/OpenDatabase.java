package io.narthex.storage.tsdb.internal;

import io.narthex.api.storage.StorageMaintenance;

/**
 * A database while it is open.
 *
 * @param maintenance the work on its blocks
 * @param watch the view on that work
 */
record OpenDatabase(TsdbDatabase database, Maintenance maintenance, StorageMaintenance watch) {}
