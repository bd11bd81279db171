package io.narthex.discovery.file.internal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Listens to changes in folders. */
final class FolderWatch implements AutoCloseable {

  private final WatchService service;
  private final Map<Path, WatchKey> keys = new HashMap<>();

  FolderWatch(WatchService service) {
    this.service = service;
  }

  /**
   * Listens to a folder. Called again and again: another folder may have taken its place, and the
   * same one is not listened to twice.
   */
  void add(Path folder) throws IOException {
    try {
      WatchKey key =
          folder.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_DELETE,
              StandardWatchEventKinds.ENTRY_MODIFY);
      WatchKey before = keys.put(folder, key);
      if (before != null && !before.equals(key)) {
        before.cancel();
      }
    } catch (NoSuchFileException e) {
      throw new IOException("no such folder: " + folder, e);
    }
  }

  /** Waits for a change of any folder, or for the time to pass. */
  void await(long millis) throws InterruptedException {
    WatchKey key = service.poll(millis, TimeUnit.MILLISECONDS);
    while (key != null) {
      key.pollEvents();
      key.reset();
      key = service.poll();
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
