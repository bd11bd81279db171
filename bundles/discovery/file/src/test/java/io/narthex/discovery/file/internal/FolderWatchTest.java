package io.narthex.discovery.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderWatchTest {

  private static final long FOREVER = TimeUnit.HOURS.toMillis(1);

  @TempDir Path parent;

  @Test
  void hearsOfFilesInAFolderThatTookAnothersPlace() throws Exception {
    Path folder = Files.createDirectory(parent.resolve("folder"));
    try (FolderWatch watch = new FolderWatch(FileSystems.getDefault().newWatchService())) {
      watch.add(folder);
      Files.createFile(folder.resolve("one"));
      watch.await(FOREVER);
      // The old folder lives on elsewhere: what is listened to is still there, but not the place.
      Files.move(folder, parent.resolve("moved"));
      Files.createDirectory(folder);
      watch.add(folder);
      Files.createFile(folder.resolve("two"));
      watch.await(FOREVER);
      assertThat(folder.resolve("two")).exists();
    }
  }

  @Test
  void folderThatIsMissingIsNamed() throws Exception {
    try (FolderWatch watch = new FolderWatch(FileSystems.getDefault().newWatchService())) {
      Path missing = parent.resolve("missing");
      assertThatThrownBy(() -> watch.add(missing))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(missing.toString());
    }
  }
}
