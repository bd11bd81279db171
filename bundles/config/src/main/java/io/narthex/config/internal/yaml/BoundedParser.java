package io.narthex.config.internal.yaml;

import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.parser.Parser;

/** Events of a document up to a number of nodes. */
final class BoundedParser implements Parser {

  /** The most nodes of a document; each takes about 250 bytes. */
  static final int MAX_NODES = 1_000_000;

  private final Parser parser;
  private int nodes;

  BoundedParser(Parser parser) {
    this.parser = parser;
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return parser.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  @Override
  public Event getEvent() {
    Event event = parser.getEvent();
    if (event instanceof NodeEvent && ++nodes > MAX_NODES) {
      throw new YAMLException("the document has more than " + MAX_NODES + " values");
    }
    return event;
  }
}
