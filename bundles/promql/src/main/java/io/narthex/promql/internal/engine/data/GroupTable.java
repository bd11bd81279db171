package io.narthex.promql.internal.engine.data;

import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.promql.internal.engine.Guard;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers series by some of their labels: those of {@code by} and {@code on}, or all but those of
 * {@code without} and {@code ignoring} and the name. A series costs a hash and a comparison; labels
 * are built only for a group that is shown.
 */
public final class GroupTable {

  private final String[] names;
  private final boolean without;
  private final boolean nameCounts;
  private int[] slots = new int[64];
  private int[] hashes = new int[16];
  private Labels[] firsts = new Labels[16];
  private boolean[] hidden = new boolean[16];
  private int size;

  /**
   * @param without whether {@code names} are those that do not count
   */
  public GroupTable(List<String> names, boolean without) {
    this(names, without, false);
  }

  /**
   * @param nameCounts whether without leaves the metric's name alone
   */
  public GroupTable(List<String> names, boolean without, boolean nameCounts) {
    this.nameCounts = nameCounts;
    this.names = names.stream().distinct().toArray(String[]::new);
    this.without = without;
  }

  public int size() {
    return size;
  }

  /** The groups of all rows. */
  public int[] assign(Rows rows, Guard guard) {
    int[] groups = new int[rows.size()];
    for (int i = 0; i < groups.length; i++) {
      if ((i & 4095) == 4095) {
        guard.check();
      }
      groups[i] = group(rows.base(i), rows.hidesName(i));
    }
    return groups;
  }

  /**
   * The group of a series, made if it is new.
   *
   * @param hideName whether the name is to be taken as absent
   */
  public int group(Labels labels, boolean hideName) {
    int hash = hash(labels, hideName);
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      int g = slots[slot] - 1;
      if (hashes[g] == hash && same(labels, hideName, firsts[g], hidden[g])) {
        return g;
      }
      slot = (slot + 1) & mask;
    }
    return add(labels, hideName, hash, slot);
  }

  private int add(Labels labels, boolean hideName, int hash, int slot) {
    if (size == firsts.length) {
      firsts = Arrays.copyOf(firsts, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
      hidden = Arrays.copyOf(hidden, size * 2);
    }
    firsts[size] = labels;
    hashes[size] = hash;
    hidden[size] = hideName;
    slots[slot] = ++size;
    if (size * 2 > slots.length) {
      rehash();
    }
    return size - 1;
  }

  private void rehash() {
    int[] wider = new int[slots.length * 2];
    int mask = wider.length - 1;
    for (int g = 0; g < size; g++) {
      int slot = hashes[g] & mask;
      while (wider[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      wider[slot] = g + 1;
    }
    slots = wider;
  }

  /** The labels that all series of a group share and that count. */
  public Labels key(int group) {
    Labels first = firsts[group];
    LabelsBuilder b = new LabelsBuilder();
    for (int i = 0; i < first.size(); i++) {
      if (counts(first.name(i), hidden[group])) {
        b.set(first.name(i), first.value(i));
      }
    }
    return b.build();
  }

  private boolean counts(String name, boolean hideName) {
    if (hideName && Naming.drops(name)) {
      return false;
    }
    if (without && !nameCounts && name.equals(Labels.NAME)) {
      return false;
    }
    for (String n : names) {
      if (n.equals(name)) {
        return !without;
      }
    }
    return without;
  }

  private int hash(Labels labels, boolean hideName) {
    int h = 17;
    if (without) {
      for (int i = 0; i < labels.size(); i++) {
        String name = labels.name(i);
        if (counts(name, hideName)) {
          h = h * 31 + name.hashCode();
          h = h * 31 + labels.value(i).hashCode();
        }
      }
    } else {
      for (String name : names) {
        h = h * 31 + value(labels, name, hideName).hashCode();
      }
    }
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    return h ^ (h >>> 13);
  }

  private boolean same(Labels a, boolean aHidden, Labels b, boolean bHidden) {
    if (!without) {
      for (String name : names) {
        if (!value(a, name, aHidden).equals(value(b, name, bHidden))) {
          return false;
        }
      }
      return true;
    }
    int i = skip(a, 0, aHidden);
    int j = skip(b, 0, bHidden);
    while (i < a.size() && j < b.size()) {
      if (!a.name(i).equals(b.name(j)) || !a.value(i).equals(b.value(j))) {
        return false;
      }
      i = skip(a, i + 1, aHidden);
      j = skip(b, j + 1, bHidden);
    }
    return i == a.size() && j == b.size();
  }

  private int skip(Labels labels, int from, boolean hideName) {
    int i = from;
    while (i < labels.size() && !counts(labels.name(i), hideName)) {
      i++;
    }
    return i;
  }

  private static String value(Labels labels, String name, boolean hideName) {
    return hideName && Naming.drops(name) ? "" : labels.get(name);
  }
}
