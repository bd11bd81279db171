package io.narthex.storage.tsdb.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemDiskTest {

  @TempDir Path dir;

  private static byte[] bytes(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void writesAtPositionsAndAppends() throws IOException {
    Path file = dir.resolve("f");
    try (DiskFile f = Disk.SYSTEM.create(file)) {
      f.append(bytes("xhello"), 1, 5);
      f.append(MemorySegment.ofArray(bytes(" world")));
      f.write(bytes("J"), 0, 1, 0);
      f.write(MemorySegment.ofArray(bytes("W")), 6);
      f.append(bytes("!?"), 0, 2);
      assertThat(f.size()).isEqualTo(13);
      f.truncate(12);
      f.force();
      assertThat(f.size()).isEqualTo(12);
    }
    assertThat(Files.readString(file)).isEqualTo("Jello World!");
    try (DiskFile f = Disk.SYSTEM.open(file)) {
      f.append(bytes("."), 0, 1);
    }
    assertThat(Files.readString(file)).isEqualTo("Jello World!.");
    assertThat(Disk.SYSTEM.size(file)).isEqualTo(13);
    assertThatThrownBy(() -> Disk.SYSTEM.create(file))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> Disk.SYSTEM.open(dir.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Disk.SYSTEM.source(dir.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void readsInPiecesMappedAndWhole() throws IOException {
    byte[] content = new byte[200_000];
    new Random(1).nextBytes(content);
    Path file = dir.resolve("f");
    try (DiskFile f = Disk.SYSTEM.create(file)) {
      f.append(MemorySegment.ofArray(content));
    }
    try (DiskSource s = Disk.SYSTEM.source(file)) {
      byte[] piece = new byte[300_000];
      assertThat(s.size()).isEqualTo(content.length);
      assertThat(s.read(piece, 7, 100, 50)).isEqualTo(100);
      assertThat(Arrays.copyOfRange(piece, 7, 107)).isEqualTo(Arrays.copyOfRange(content, 50, 150));
      assertThat(s.read(piece, 0, piece.length, 199_990)).isEqualTo(10);
      assertThat(s.read(piece, 0, piece.length, 200_000)).isZero();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mapped = Disk.SYSTEM.map(file, arena);
      assertThat(mapped.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(content);
      CRC32C crc = new CRC32C();
      crc.update(content, 3, 150_000);
      assertThat(MappedReads.crc32c(mapped, 3, 150_000)).isEqualTo((int) crc.getValue());
    }
    assertThat(Disk.SYSTEM.read(file, 200_000)).isEqualTo(content);
    assertThatThrownBy(() -> Disk.SYSTEM.read(file, 199_999))
        .hasMessageContaining("more than the limit of 199999");
  }

  @Test
  void goesOnWhenItsThreadIsInterrupted() throws IOException {
    Path file = dir.resolve("f");
    Thread.currentThread().interrupt();
    try (DiskFile f = Disk.SYSTEM.create(file);
        DiskSource s = Disk.SYSTEM.source(file);
        Arena arena = Arena.ofConfined()) {
      f.append(bytes("ab"), 0, 2);
      f.force();
      Disk.SYSTEM.forceDirectory(dir);
      assertThat(Disk.SYSTEM.map(file, arena).byteSize()).isEqualTo(2);
      assertThat(s.read(new byte[9], 0, 9, 0)).isEqualTo(2);
      Disk.SYSTEM.replace(dir.resolve("g"), bytes("new"));
      f.append(bytes("c"), 0, 1);
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Disk.SYSTEM.read(file, 10)).isEqualTo(bytes("abc"));
    assertThat(Disk.SYSTEM.read(dir.resolve("g"), 10)).isEqualTo(bytes("new"));
  }

  @Test
  void renamesLinksListsAndRemoves() throws IOException {
    Disk disk = Disk.SYSTEM;
    Path a = dir.resolve("x/y/a");
    disk.createDirectories(a.getParent());
    disk.createDirectories(a.getParent());
    disk.replace(a, bytes("1"));
    disk.replace(a, bytes("2"));
    disk.link(dir.resolve("b"), a);
    assertThat(disk.list(a.getParent())).containsExactly(a);
    assertThat(disk.list(dir)).containsExactly(dir.resolve("b"), dir.resolve("x"));
    disk.rename(dir.resolve("x"), dir.resolve("z"));
    Files.createSymbolicLink(dir.resolve("z/outside"), Files.createDirectory(dir.resolve("kept")));
    Files.writeString(dir.resolve("kept/f"), "stays");
    disk.deleteTree(dir.resolve("z"));
    disk.deleteTree(dir.resolve("z"));
    assertThat(disk.exists(dir.resolve("z"))).isFalse();
    assertThat(disk.isFile(dir.resolve("kept/f"))).isTrue();
    assertThat(disk.read(dir.resolve("b"), 1)).isEqualTo(bytes("2"));
    assertThat(disk.deleteIfExists(dir.resolve("b"))).isTrue();
    assertThat(disk.deleteIfExists(dir.resolve("b"))).isFalse();
    assertThatThrownBy(() -> disk.delete(dir.resolve("b"))).isInstanceOf(NoSuchFileException.class);
    assertThat(disk.usableSpace(dir)).isPositive().isLessThanOrEqualTo(disk.totalSpace(dir));
  }

  @Test
  void aMappedFileThatIsCutOffThrowsAndDoesNotEndTheProcess() throws IOException {
    Path file = dir.resolve("f");
    Files.write(file, new byte[1 << 16]);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mapped = Disk.SYSTEM.map(file, arena);
      try (DiskFile f = Disk.SYSTEM.open(file)) {
        f.truncate(0);
      }
      assertThatThrownBy(() -> MappedReads.crc32c(mapped, 0, mapped.byteSize()))
          .isInstanceOf(InternalError.class);
      assertThat(MappedReads.failure(file, new InternalError("a fault")))
          .hasMessageContaining(file.toString());
    }
  }
}
