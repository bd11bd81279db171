package io.narthex.config.internal.transaction;

import java.util.ArrayList;
import java.util.List;

/** The lines that differ between two texts: {@code - old} and {@code + new}. */
final class LineDifference {

  /** Above this many comparisons, the changed middle is given whole. */
  private static final long MAX_CELLS = 4_000_000;

  /** More lines are not kept. */
  private static final int MAX_LINES = 1000;

  private LineDifference() {}

  static List<String> between(String before, String after) {
    List<String> a = before.lines().toList();
    List<String> b = after.lines().toList();
    int from = 0;
    while (from < a.size() && from < b.size() && a.get(from).equals(b.get(from))) {
      from++;
    }
    int endA = a.size();
    int endB = b.size();
    while (endA > from && endB > from && a.get(endA - 1).equals(b.get(endB - 1))) {
      endA--;
      endB--;
    }
    List<String> lines = middle(a.subList(from, endA), b.subList(from, endB));
    if (lines.size() <= MAX_LINES) {
      return lines;
    }
    List<String> first = new ArrayList<>(lines.subList(0, MAX_LINES));
    first.add("… " + (lines.size() - MAX_LINES) + " more lines");
    return first;
  }

  private static List<String> middle(List<String> a, List<String> b) {
    List<String> out = new ArrayList<>();
    if ((long) a.size() * b.size() > MAX_CELLS) {
      a.forEach(line -> out.add("- " + line));
      b.forEach(line -> out.add("+ " + line));
      return out;
    }
    int[][] common = commonLengths(a, b);
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
        i++;
        j++;
      } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
        out.add("- " + a.get(i++));
      } else {
        out.add("+ " + b.get(j++));
      }
    }
    return out;
  }

  /** The length of the longest common subsequence of what begins at each pair of places. */
  private static int[][] commonLengths(List<String> a, List<String> b) {
    int[][] common = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        common[i][j] =
            a.get(i).equals(b.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
