package io.narthex.discovery.groups.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.narthex.api.discovery.TargetGroup;
import io.narthex.model.GoQuote;
import io.narthex.model.LabelNames;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.NameValidation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of target groups, {@code [{"targets": ["host:port"], "labels": {"k": "v"}}]}, as JSON or
 * as a tree of maps, lists and scalars. Unknown fields and null groups are refused.
 */
public final class GroupDocument {

  private static final int MAX_DEPTH = 20;

  private final String prefix;
  private final String metaLabel;
  private final String metaValue;

  /**
   * @param origin where the document comes from; sources are this, a colon and the index
   * @param metaLabel a label of every group, whose value is the origin
   */
  public GroupDocument(String origin, String metaLabel) {
    this.prefix = origin + ":";
    this.metaLabel = metaLabel;
    this.metaValue = origin;
  }

  /** The group without targets that takes the group of an index away. */
  public TargetGroup removal(int index) {
    return new TargetGroup(prefix + index, List.of(), Labels.EMPTY);
  }

  public List<TargetGroup> json(byte[] document) throws IOException {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();
    try (JsonParser in = factory.createParser(document)) {
      if (in.nextToken() == null) {
        throw new GroupFormatException("unexpected end of JSON input");
      }
      Object tree = value(in);
      if (in.nextToken() != null) {
        throw new GroupFormatException("unexpected data after top-level value");
      }
      return tree(tree);
    }
  }

  private static @Nullable Object value(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.START_ARRAY) {
      List<@Nullable Object> list = new ArrayList<>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(in));
      }
      return list;
    }
    if (in.currentToken() == JsonToken.START_OBJECT) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      while (in.nextToken() != JsonToken.END_OBJECT) {
        String key = in.currentName();
        in.nextToken();
        map.put(key, value(in));
      }
      return map;
    }
    return switch (in.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> in.getText();
      case VALUE_TRUE, VALUE_FALSE -> in.getBooleanValue();
      default -> in.getDecimalValue();
    };
  }

  /** The groups of a tree; null is an empty list. */
  public List<TargetGroup> tree(@Nullable Object tree) throws GroupFormatException {
    if (tree == null) {
      return List.of();
    }
    if (!(tree instanceof List<?> list)) {
      throw new GroupFormatException("the document is no list of target groups");
    }
    List<TargetGroup> groups = new ArrayList<>();
    for (Object group : list) {
      groups.add(group(group, groups.size()));
    }
    return groups;
  }

  private TargetGroup group(@Nullable Object node, int index) throws GroupFormatException {
    if (node == null) {
      throw new GroupFormatException("nil target group item found (index " + index + ")");
    }
    if (!(node instanceof Map<?, ?> map)) {
      throw new GroupFormatException("target group " + index + " is no map");
    }
    List<Labels> targets = new ArrayList<>();
    LabelsBuilder labels = new LabelsBuilder();
    for (Map.Entry<?, ?> field : map.entrySet()) {
      String name = name(field.getKey(), index);
      switch (name) {
        case "targets" -> targets(field.getValue(), index, targets);
        case "labels" -> labels(field.getValue(), index, labels);
        default ->
            throw new GroupFormatException(
                "target group " + index + ": unknown field " + GoQuote.quote(name));
      }
    }
    labels.set(metaLabel, metaValue);
    return new TargetGroup(prefix + index, targets, labels.build());
  }

  /** A scalar as it is; a tree may be endless. */
  private static String shown(@Nullable Object node) {
    return node instanceof List ? "[…]" : node instanceof Map ? "{…}" : String.valueOf(node);
  }

  private static String name(@Nullable Object key, int index) throws GroupFormatException {
    if (key instanceof String name) {
      return name;
    }
    throw new GroupFormatException("target group " + index + ": a key is no string");
  }

  private static void targets(@Nullable Object node, int index, List<Labels> into)
      throws GroupFormatException {
    if (node == null) {
      return;
    }
    if (!(node instanceof List<?> list)) {
      throw new GroupFormatException("target group " + index + ": targets is no list");
    }
    for (Object target : list) {
      if (!(target instanceof String address)) {
        throw new GroupFormatException(
            "target group " + index + ": target " + shown(target) + " is no string");
      }
      into.add(Labels.of("__address__", address));
    }
  }

  private static void labels(@Nullable Object node, int index, LabelsBuilder into)
      throws GroupFormatException {
    if (node == null) {
      return;
    }
    if (!(node instanceof Map<?, ?> map)) {
      throw new GroupFormatException("target group " + index + ": labels is no map");
    }
    for (Map.Entry<?, ?> label : map.entrySet()) {
      String name = name(label.getKey(), index);
      if (!LabelNames.isValidLabelName(name, NameValidation.UTF8)) {
        throw new GroupFormatException(GoQuote.quote(name) + " is not a valid label name");
      }
      if (label.getValue() == null) {
        continue;
      }
      if (!(label.getValue() instanceof String value)) {
        throw new GroupFormatException(
            "target group " + index + ": the value of label " + name + " is no string");
      }
      into.set(name, value);
    }
  }
}
