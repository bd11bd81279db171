package io.narthex.storage.tsdb.internal.disk;

import java.nio.file.Path;

/** One change of a disk, or a note between two; paths are relative to the disk's root. */
public sealed interface DiskOperation {

  record Create(Path path, int inode) implements DiskOperation {}

  record Write(int inode, long position, byte[] data) implements DiskOperation {
    @Override
    public String toString() {
      return "Write[inode=" + inode + ", position=" + position + ", bytes=" + data.length + "]";
    }
  }

  record Truncate(int inode, long size) implements DiskOperation {}

  /**
   * Content reaches the disk; if it failed, what was pending may be lost in spite of later ones.
   */
  record Force(int inode, boolean failed) implements DiskOperation {}

  record Rename(Path from, Path to) implements DiskOperation {}

  record Delete(Path path) implements DiskOperation {}

  record Link(Path name, Path existing) implements DiskOperation {}

  record MakeDirectory(Path path) implements DiskOperation {}

  record ForceDirectory(Path path) implements DiskOperation {}

  /** Something the test wants to find between the changes. */
  record Note(Object what) implements DiskOperation {}
}
