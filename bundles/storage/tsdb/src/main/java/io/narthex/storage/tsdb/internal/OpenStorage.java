package io.narthex.storage.tsdb.internal;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.ExemplarQuerier;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageAdmin;
import io.narthex.api.storage.StorageException;
import io.narthex.api.storage.StorageMaintenance;
import io.narthex.model.LabelMatcher;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The service that stands for an open database. The actor makes an instance through the component's
 * factory once the database is open, and disposes of it before it closes the database, which makes
 * whoever uses the service stop first.
 */
@Component(
    factory = OpenStorage.FACTORY,
    service = {Storage.class, ExemplarQuerier.class, StorageAdmin.class, StorageMaintenance.class},
    property = Storage.ROLE + "=" + Storage.LOCAL)
public final class OpenStorage
    implements Storage, ExemplarQuerier, StorageAdmin, StorageMaintenance {

  static final String FACTORY = "io.narthex.storage.tsdb.open";

  /** Property that hands over the database; the dot keeps it off the service. */
  static final String DATABASE = ".database";

  private final TsdbDatabase database;
  private final StorageAdmin admin;
  private final StorageMaintenance watch;

  @Activate
  public OpenStorage(Map<String, Object> properties) {
    OpenDatabase open = (OpenDatabase) Objects.requireNonNull(properties.get(DATABASE), DATABASE);
    database = open.database();
    admin = new DatabaseAdmin(open.maintenance(), database.blocks());
    watch = open.watch();
  }

  @Override
  public Appender appender() {
    return database.appender();
  }

  @Override
  public Querier querier(long minTime, long maxTime) throws StorageException {
    return database.querier(minTime, maxTime);
  }

  @Override
  public long startTime() {
    return database.startTime();
  }

  @Override
  public List<SeriesExemplars> select(long start, long end, List<List<LabelMatcher>> matchers) {
    return database.select(start, end, matchers);
  }

  @Override
  public void deleteSeries(long minTime, long maxTime, List<LabelMatcher> matchers)
      throws StorageException {
    admin.deleteSeries(minTime, maxTime, matchers);
  }

  @Override
  public void cleanTombstones() throws StorageException {
    admin.cleanTombstones();
  }

  @Override
  public String snapshot(boolean withHead) throws StorageException {
    return admin.snapshot(withHead);
  }

  @Override
  public List<Block> blocks() {
    return admin.blocks();
  }

  @Override
  public Status status() {
    return watch.status();
  }

  @Override
  public void pause() {
    watch.pause();
  }

  @Override
  public void resume() {
    watch.resume();
  }

  @Override
  public void runNow() {
    watch.runNow();
  }
}
