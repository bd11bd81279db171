package io.narthex.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** A small file with a secret or certificate, read anew each time it is needed. */
public final class SecretFile {
  private static final int MAX_BYTES = 4 << 20;

  private SecretFile() {}

  /** The text of the file without white space around it. */
  public static String text(String path) throws IOException {
    return new String(bytes(path), StandardCharsets.UTF_8).strip();
  }

  /** The whole file, refused if it is larger than any secret or bundle of certificates can be. */
  public static byte[] bytes(String path) throws IOException {
    Path file = Path.of(path);
    try {
      if (Files.isDirectory(file)) {
        throw new IOException("unable to read file " + path + ": is a directory");
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] content = in.readNBytes(MAX_BYTES + 1);
        if (content.length > MAX_BYTES) {
          throw new IOException(
              "unable to read file " + path + ": larger than " + MAX_BYTES + " bytes");
        }
        return content;
      }
    } catch (NoSuchFileException e) {
      throw unreadable(path, "no such file or directory", e);
    } catch (NotDirectoryException e) {
      throw unreadable(path, "not a directory", e);
    } catch (AccessDeniedException e) {
      throw unreadable(path, "permission denied", e);
    }
  }

  private static IOException unreadable(String path, String reason, IOException cause) {
    return new IOException("unable to read file " + path + ": open " + path + ": " + reason, cause);
  }
}
