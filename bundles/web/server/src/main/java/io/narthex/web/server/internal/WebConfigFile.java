package io.narthex.web.server.internal;

import io.narthex.api.config.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * The web configuration file, read again when it has changed: each request and each connection asks
 * for it, which costs a look at the file's attributes.
 */
final class WebConfigFile {

  private static final long MAX_BYTES = 1 << 20;

  /** What tells one content of the file from another. */
  private record Stamp(FileTime modified, long size, @Nullable Object key) {}

  /** One reading: a configuration, or why there is none. */
  private record Reading(
      Stamp stamp, @Nullable WebConfig config, @Nullable ConfigurationException failure) {}

  private final @Nullable Path file;
  private volatile @Nullable Reading last;

  /**
   * @param path empty for none
   */
  WebConfigFile(String path) {
    file = path.isEmpty() ? null : Path.of(path);
  }

  /**
   * What the file says now.
   *
   * @throws ConfigurationException that names the file and says what is wrong
   */
  WebConfig current() throws ConfigurationException {
    Path path = file;
    if (path == null) {
      return WebConfig.NONE;
    }
    try {
      Stamp stamp = stamp(path);
      Reading reading = last;
      if (reading == null || !reading.stamp().equals(stamp)) {
        reading = read(path, stamp);
        last = reading;
      }
      WebConfig config = reading.config();
      if (config != null) {
        return config;
      }
      ConfigurationException failure = reading.failure();
      throw failure != null ? failure : new ConfigurationException(path + ": unreadable");
    } catch (NoSuchFileException e) {
      throw new ConfigurationException("open " + path + ": no such file or directory", e);
    } catch (IOException e) {
      throw new ConfigurationException("open " + path + ": " + e.getMessage(), e);
    }
  }

  private static Stamp stamp(Path path) throws IOException {
    BasicFileAttributes a = Files.readAttributes(path, BasicFileAttributes.class);
    return new Stamp(a.lastModifiedTime(), a.size(), a.fileKey());
  }

  private static Reading read(Path path, Stamp stamp) throws IOException {
    try {
      if (stamp.size() > MAX_BYTES) {
        throw new ConfigurationException(path + ": larger than " + MAX_BYTES + " bytes");
      }
      String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
      return new Reading(stamp, new WebConfigReader(path).read(text), null);
    } catch (ConfigurationException e) {
      return new Reading(stamp, null, e);
    }
  }
}
