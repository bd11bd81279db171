package io.narthex.storage.fanout.internal;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The storage that everybody uses: there while a local one is, over the remote ones of the moment.
 */
@Component(service = Storage.class, property = Storage.ROLE + "=" + Storage.FANOUT)
public final class FanoutComponent implements Storage {

  private final FanoutStorage fanout;

  @Activate
  public FanoutComponent(
      @Reference(target = "(" + Storage.ROLE + "=" + Storage.LOCAL + ")") Storage local) {
    fanout = new FanoutStorage(local);
  }

  @Reference(
      target = "(" + Storage.ROLE + "=" + Storage.REMOTE + ")",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addRemote(Storage remote) {
    fanout.addRemote(remote);
  }

  void removeRemote(Storage remote) {
    fanout.removeRemote(remote);
  }

  @Override
  public Appender appender() {
    return fanout.appender();
  }

  @Override
  public Querier querier(long minTime, long maxTime) throws StorageException {
    return fanout.querier(minTime, maxTime);
  }

  @Override
  public long startTime() {
    return fanout.startTime();
  }
}
