package io.narthex.discovery.file.internal;

import io.narthex.api.discovery.Discoverer;
import io.narthex.api.discovery.DiscoveryContext;
import io.narthex.api.discovery.TargetGroup;
import io.narthex.api.discovery.TargetGroupSink;
import io.narthex.discovery.groups.internal.GroupDocument;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all files at once, when one of their folders changes, and from time to time. A file that
 * can't be read keeps the groups it had.
 */
final class FileDiscoverer implements Discoverer {

  private static final Logger log = LoggerFactory.getLogger(FileDiscoverer.class);
  private static final String META = "__meta_filepath";

  private final FileConfig config;
  private final DiscoveryContext context;

  FileDiscoverer(FileConfig config, DiscoveryContext context) {
    this.config = config;
    this.context = context;
  }

  @Override
  public void run(TargetGroupSink sink) throws InterruptedException {
    FileMetrics metrics = new FileMetrics(context.metrics());
    List<FilePattern> patterns = config.files().stream().map(FilePattern::new).toList();
    // Number of groups by file, as they were sent last.
    Map<String, Integer> known = new HashMap<>();
    try (FolderWatch watch = new FolderWatch(FileSystems.getDefault().newWatchService())) {
      while (true) {
        watch(watch, patterns);
        refresh(patterns, known, sink, metrics);
        watch.await(config.refreshInterval());
      }
    } catch (IOException e) {
      metrics.watcherErrors.increment();
      log.atError().addKeyValue("err", e.getMessage()).log("Error adding file watcher");
    } finally {
      known.keySet().forEach(metrics.modified::remove);
    }
  }

  private static void watch(FolderWatch watch, List<FilePattern> patterns) {
    for (FilePattern p : patterns) {
      try {
        watch.add(p.directory());
      } catch (IOException e) {
        log.atError()
            .addKeyValue("path", p.directory())
            .addKeyValue("err", e.getMessage())
            .log("Error adding file watch");
      }
    }
  }

  private void refresh(
      List<FilePattern> patterns,
      Map<String, Integer> known,
      TargetGroupSink sink,
      FileMetrics metrics)
      throws InterruptedException {
    long start = System.nanoTime();
    Set<String> seen = new HashSet<>();
    List<TargetGroup> changes = new ArrayList<>();
    for (String file : files(patterns, metrics)) {
      seen.add(file);
      try {
        GroupFile.Content content = GroupFile.read(Path.of(file), new GroupDocument(file, META));
        metrics.modified.with(file).set(content.modifiedMillis() / 1000.0);
        changes.addAll(content.groups());
        addRemovals(file, content.groups().size(), known.getOrDefault(file, 0), changes);
        known.put(file, content.groups().size());
      } catch (ClosedByInterruptException e) {
        throw new InterruptedException();
      } catch (IOException e) {
        metrics.readErrors.increment();
        log.atError()
            .addKeyValue("path", file)
            .addKeyValue("err", String.valueOf(e.getMessage()))
            .log("Error reading file");
      }
    }
    known
        .keySet()
        .removeIf(file -> {
          if (seen.contains(file)) {
            return false;
          }
          addRemovals(file, 0, known.getOrDefault(file, 0), changes);
          metrics.modified.remove(file);
          return true;
        });
    sink.update(changes);
    metrics.scanDuration.observe((System.nanoTime() - start) / 1e9);
  }

  private static void addRemovals(String file, int from, int to, List<TargetGroup> into) {
    for (int i = from; i < to; i++) {
      into.add(new GroupDocument(file, META).removal(i));
    }
  }

  private static List<String> files(List<FilePattern> patterns, FileMetrics metrics) {
    List<String> files = new ArrayList<>();
    for (FilePattern p : patterns) {
      try {
        files.addAll(p.matches());
      } catch (IOException e) {
        metrics.readErrors.increment();
        log.atError()
            .addKeyValue("pattern", p.text())
            .addKeyValue("err", e.getMessage())
            .log("Error expanding glob");
      }
    }
    return files;
  }
}
