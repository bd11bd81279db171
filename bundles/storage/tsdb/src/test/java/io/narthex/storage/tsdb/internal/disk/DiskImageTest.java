package io.narthex.storage.tsdb.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.storage.tsdb.internal.disk.FaultyDisk.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk that the other tests rely on loses what it may, and nothing else. */
class DiskImageTest {

  private static final String X = "x".repeat(600);

  @TempDir Path dir;
  private Path root;
  private FaultyDisk disk;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(dir.resolve("live"));
    disk = new FaultyDisk(root);
  }

  private void append(DiskFile file, String s) throws IOException {
    byte[] b = s.getBytes(StandardCharsets.UTF_8);
    file.append(b, 0, b.length);
  }

  private DiskImage image() throws IOException {
    DiskImage image = DiskImage.of(Files.createDirectories(dir.resolve("empty")));
    disk.log().forEach(image::apply);
    return image;
  }

  /** The contents of all files that can be there after a crash, joined. */
  private Set<String> crashes() throws IOException {
    Set<String> states = new TreeSet<>();
    for (int seed = 0; seed < 400; seed++) {
      Path target = dir.resolve("crash" + seed);
      image().afterCrash(target, seed);
      states.add(contents(target));
      Disk.SYSTEM.deleteTree(target);
    }
    return states;
  }

  private static String contents(Path dir) throws IOException {
    StringBuilder out = new StringBuilder();
    for (Path p : Disk.SYSTEM.list(dir)) {
      out.append(p.getFileName()).append('=');
      out.append(Files.isDirectory(p) ? "{" + contents(p) + "}" : Files.readString(p)).append(' ');
    }
    return out.toString();
  }

  @Test
  void keepsWhatWasForced() throws IOException {
    DiskFile f = disk.create(root.resolve("f"));
    append(f, "a");
    f.force();
    disk.forceDirectory(root);
    append(f, "b");
    disk.rename(root.resolve("f"), root.resolve("g"));
    assertThat(crashes()).containsExactlyInAnyOrder("f=a ", "f=ab ", "g=a ", "g=ab ");
    Path killed = dir.resolve("killed");
    image().afterKill(killed);
    assertThat(contents(killed)).isEqualTo("g=ab ").isEqualTo(contents(root));
  }

  @Test
  void losesNamesAndReordersWrites() throws IOException {
    disk.createDirectory(root.resolve("d"));
    disk.forceDirectory(root);
    DiskFile f = disk.create(root.resolve("d/f"));
    append(f, X);
    append(f, "y");
    assertThat(crashes())
        .contains("d={} ", "d={f= } ", "d={f=" + X + "y } ")
        // The second write without the first, and a torn first one.
        .contains(
            "d={f=" + "\0".repeat(X.length()) + "y } ", "d={f=" + X.substring(0, 512) + " } ");
  }

  @Test
  void aFailedForceMayLoseWhatALaterOneCannotBringBack() throws IOException {
    DiskFile f = disk.create(root.resolve("f"));
    disk.forceDirectory(root);
    append(f, "a");
    disk.fail(Fault.IO_ERROR, disk.changes(), disk.changes() + 1);
    assertThatThrownBy(f::force).hasMessage("Input/output error");
    append(f, "b");
    f.force();
    assertThat(crashes()).containsExactlyInAnyOrder("f=ab ", "f=\0b ");
  }

  @Test
  void failsInTheAskedWay() throws IOException {
    DiskFile f = disk.create(root.resolve("f"));
    disk.fail(Fault.NO_SPACE, 1, 3);
    assertThatThrownBy(() -> append(f, "1234")).hasMessage("No space left on device");
    assertThat(f.size()).isZero();
    assertThat(Files.readString(root.resolve("f"))).isEqualTo("12");
    assertThatThrownBy(() -> disk.create(root.resolve("g"))).hasMessageContaining("No space");
    append(f, "12345");
    disk.failFromNow(Fault.IO_ERROR_AFTERWARDS, p -> p.endsWith("g"));
    disk.rename(root.resolve("f"), root.resolve("g"));
    assertThatThrownBy(() -> disk.rename(root.resolve("g"), root.resolve("h")))
        .hasMessage("Input/output error");
    disk.recover();
    assertThat(disk.read(root.resolve("h"), 10))
        .isEqualTo("12345".getBytes(StandardCharsets.UTF_8));
    assertThat(disk.failures()).isEqualTo(3);
  }
}
