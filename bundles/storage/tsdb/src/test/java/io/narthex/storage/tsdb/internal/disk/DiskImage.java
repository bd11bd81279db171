package io.narthex.storage.tsdb.internal.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk as it is after some operations: what a process sees, what is sure to survive a crash of
 * the machine, and what may or may not. Changes that were not forced may be lost each for itself,
 * and a write in part: more than most file systems would do, nothing that none may.
 */
public final class DiskImage {

  private static final int SECTOR = 512;

  /** A change of a file's content: a write, or a truncation where there is no data. */
  private static final class Change {
    final long at;
    final byte @Nullable [] data;
    boolean forced;
    boolean doubtful;

    Change(long at, byte @Nullable [] data) {
      this.at = at;
      this.data = data;
    }
  }

  private static final class Content {
    byte[] bytes = new byte[0];
    long size;

    void write(byte[] data, int from, int to, long at) {
      if (to == from) {
        return;
      }
      int end = Math.toIntExact(at + to);
      if (bytes.length < end) {
        bytes = Arrays.copyOf(bytes, Math.max(end, Math.min(2 * bytes.length, end + (1 << 20))));
      }
      System.arraycopy(data, from, bytes, Math.toIntExact(at + from), to - from);
      size = Math.max(size, end);
    }

    void truncate(long to) {
      if (to < bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) to);
      }
      size = to;
    }

    Content copy() {
      Content c = new Content();
      c.bytes = bytes.clone();
      c.size = size;
      return c;
    }
  }

  private sealed interface Node {}

  private static final class FileNode implements Node {
    final int inode;
    Content base = new Content();
    final List<Change> pending = new ArrayList<>();

    FileNode(int inode) {
      this.inode = inode;
    }

    void force(boolean failed) {
      boolean all = true;
      for (Change c : pending) {
        c.doubtful |= failed && !c.forced;
        c.forced |= !c.doubtful;
        all &= c.forced;
      }
      if (all) {
        pending.forEach(c -> apply(base, c));
        pending.clear();
      }
    }

    private static void apply(Content content, Change c) {
      if (c.data == null) {
        content.truncate(c.at);
      } else {
        content.write(c.data, 0, c.data.length, c.at);
      }
    }

    Content now() {
      Content content = base.copy();
      pending.forEach(c -> apply(content, c));
      return content;
    }

    Content crashed(SplittableRandom random) {
      Content content = base.copy();
      int keep = Choice.of(random, pending.size());
      for (int i = 0; i < pending.size(); i++) {
        Change c = pending.get(i);
        if (c.forced || Choice.taken(random, keep, i)) {
          apply(content, c);
        } else if (c.data != null && random.nextInt(3) == 0) {
          torn(content, c.data, c.at, random);
        }
      }
      return content;
    }

    /** Some of the sectors that a write covers. */
    private static void torn(Content content, byte[] data, long at, SplittableRandom random) {
      long from = at;
      while (from < at + data.length) {
        long to = Math.min(at + data.length, (from / SECTOR + 1) * SECTOR);
        if (random.nextBoolean()) {
          content.write(data, (int) (from - at), (int) (to - at), at);
        }
        from = to;
      }
    }
  }

  /** A change of the names in a directory, done or lost as a whole. */
  private record Naming(@Nullable String removed, @Nullable String added, @Nullable Node node) {
    void apply(Map<String, Node> names) {
      if (removed != null) {
        names.remove(removed);
      }
      if (added != null && node != null) {
        names.put(added, node);
      }
    }
  }

  private static final class DirectoryNode implements Node {
    final Map<String, Node> now = new TreeMap<>();
    final Map<String, Node> durable = new TreeMap<>();
    final List<Naming> pending = new ArrayList<>();

    void change(Naming naming) {
      naming.apply(now);
      pending.add(naming);
    }

    void force() {
      pending.clear();
      durable.clear();
      durable.putAll(now);
    }

    Map<String, Node> crashed(SplittableRandom random) {
      Map<String, Node> names = new TreeMap<>(durable);
      int keep = Choice.of(random, pending.size());
      for (int i = 0; i < pending.size(); i++) {
        if (Choice.taken(random, keep, i)) {
          pending.get(i).apply(names);
        }
      }
      return names;
    }
  }

  /** Which of a number of pending changes survive: none, all, the first ones, or any. */
  private static final class Choice {
    private static final int ANY = -1;

    static int of(SplittableRandom random, int pending) {
      return switch (random.nextInt(4)) {
        case 0 -> 0;
        case 1 -> pending;
        case 2 -> random.nextInt(pending + 1);
        default -> ANY;
      };
    }

    static boolean taken(SplittableRandom random, int choice, int index) {
      return choice == ANY ? random.nextBoolean() : index < choice;
    }
  }

  private final DirectoryNode root = new DirectoryNode();
  private final Map<Integer, FileNode> inodes = new HashMap<>();

  /** An image of a directory as it is, all of it durable. */
  public static DiskImage of(Path dir) throws IOException {
    DiskImage image = new DiskImage();
    image.load(dir, image.root);
    return image;
  }

  private void load(Path dir, DirectoryNode into) throws IOException {
    for (Path entry : Disk.SYSTEM.list(dir)) {
      String name = entry.getFileName().toString();
      if (Files.isDirectory(entry)) {
        DirectoryNode child = new DirectoryNode();
        load(entry, child);
        into.now.put(name, child);
      } else {
        FileNode file = new FileNode(inodes.size());
        inodes.put(file.inode, file);
        byte[] bytes = Files.readAllBytes(entry);
        file.base.write(bytes, 0, bytes.length, 0);
        into.now.put(name, file);
      }
    }
    into.force();
  }

  public boolean isFile(Path path) {
    return node(path) instanceof FileNode;
  }

  /** The number of the file that has a name now. */
  public int inode(Path path) {
    if (node(path) instanceof FileNode file) {
      return file.inode;
    }
    throw new IllegalArgumentException("no file " + path);
  }

  /** The number that the next file gets. */
  public int nextInode() {
    return inodes.size();
  }

  public void apply(DiskOperation operation) {
    switch (operation) {
      case DiskOperation.Create c -> {
        FileNode file = new FileNode(c.inode());
        inodes.put(c.inode(), file);
        parent(c.path()).change(new Naming(null, name(c.path()), file));
      }
      case DiskOperation.Write w -> file(w.inode()).pending.add(new Change(w.position(), w.data()));
      case DiskOperation.Truncate t -> file(t.inode()).pending.add(new Change(t.size(), null));
      case DiskOperation.Force f -> file(f.inode()).force(f.failed());
      case DiskOperation.Rename r -> rename(r.from(), r.to());
      case DiskOperation.Delete d ->
          parent(d.path()).change(new Naming(name(d.path()), null, null));
      case DiskOperation.Link l ->
          parent(l.name()).change(new Naming(null, name(l.name()), node(l.existing())));
      case DiskOperation.MakeDirectory m ->
          parent(m.path()).change(new Naming(null, name(m.path()), new DirectoryNode()));
      case DiskOperation.ForceDirectory f -> directory(f.path()).force();
      case DiskOperation.Note n -> {}
    }
  }

  private void rename(Path from, Path to) {
    DirectoryNode source = parent(from);
    DirectoryNode target = parent(to);
    Node node = node(from);
    if (source == target) {
      source.change(new Naming(name(from), name(to), node));
    } else {
      target.change(new Naming(null, name(to), node));
      source.change(new Naming(name(from), null, null));
    }
  }

  private FileNode file(int inode) {
    FileNode file = inodes.get(inode);
    if (file == null) {
      throw new IllegalStateException("no inode " + inode);
    }
    return file;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private DirectoryNode parent(Path path) {
    return directory(path.getParent());
  }

  private DirectoryNode directory(@Nullable Path path) {
    if (path == null || path.toString().isEmpty()) {
      return root;
    }
    if (node(path) instanceof DirectoryNode d) {
      return d;
    }
    throw new IllegalStateException("no directory " + path);
  }

  private Node node(Path path) {
    Node node = root;
    for (Path part : path) {
      Node next = node instanceof DirectoryNode d ? d.now.get(part.toString()) : null;
      if (next == null) {
        throw new IllegalStateException("no " + path);
      }
      node = next;
    }
    return node;
  }

  /** Writes what a process finds that starts after the one before was killed. */
  public void afterKill(Path target) {
    write(root, target, null);
  }

  /** Writes one of the states that the disk can be in after a crash of the machine, by a seed. */
  public void afterCrash(Path target, long seed) {
    write(root, target, new SplittableRandom(seed));
  }

  private static void write(DirectoryNode dir, Path target, @Nullable SplittableRandom random) {
    Map<String, Node> names = random == null ? dir.now : dir.crashed(random);
    try {
      Files.createDirectories(target);
      for (Map.Entry<String, Node> e : names.entrySet()) {
        Path path = target.resolve(e.getKey());
        switch (e.getValue()) {
          case DirectoryNode d -> write(d, path, random);
          case FileNode f -> writeFile(path, random == null ? f.now() : f.crashed(random));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeFile(Path path, Content content) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(path.toFile(), "rw")) {
      out.write(content.bytes, 0, (int) Math.min(content.bytes.length, content.size));
      out.setLength(content.size);
    }
  }
}
