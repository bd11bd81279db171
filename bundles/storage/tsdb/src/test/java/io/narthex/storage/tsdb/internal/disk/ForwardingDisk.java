package io.narthex.storage.tsdb.internal.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/** A disk that hands everything on to another. */
public class ForwardingDisk implements Disk {

  private final Disk disk;

  public ForwardingDisk(Disk disk) {
    this.disk = disk;
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    return disk.create(file);
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return disk.open(file);
  }

  @Override
  public DiskSource source(Path file) throws IOException {
    return disk.source(file);
  }

  @Override
  public MemorySegment map(Path file, Arena arena) throws IOException {
    return disk.map(file, arena);
  }

  @Override
  public byte[] read(Path file, int limit) throws IOException {
    return disk.read(file, limit);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.delete(path);
  }

  @Override
  public void link(Path name, Path existing) throws IOException {
    disk.link(name, existing);
  }

  @Override
  public void createDirectory(Path dir) throws IOException {
    disk.createDirectory(dir);
  }

  @Override
  public void forceDirectory(Path dir) throws IOException {
    disk.forceDirectory(dir);
  }

  @Override
  public List<Path> list(Path dir) throws IOException {
    return disk.list(dir);
  }

  @Override
  public boolean isFile(Path path) {
    return disk.isFile(path);
  }

  @Override
  public boolean isDirectory(Path path) {
    return disk.isDirectory(path);
  }

  @Override
  public long size(Path file) throws IOException {
    return disk.size(file);
  }

  @Override
  public long usableSpace(Path path) throws IOException {
    return disk.usableSpace(path);
  }

  @Override
  public long totalSpace(Path path) throws IOException {
    return disk.totalSpace(path);
  }
}
