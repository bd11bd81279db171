package io.narthex.web.console.internal;

import io.narthex.api.lifecycle.RunGroup;
import io.narthex.api.lifecycle.RunGroup.ActorStatus;
import io.narthex.api.lifecycle.RunGroup.WaitingComponent;
import java.util.List;

/** Writes the run group: actors, and components that wait for services. */
final class RunGroupView {
  private RunGroupView() {}

  static void write(RunGroup group, Html html) {
    List<ActorStatus> actors = group.actors();
    html.heading("Actors")
        .table("Actor", "Stage", "State", "Since", "Waits for", "Restarts", "Last error", "Bundle");
    for (ActorStatus actor : actors) {
      html.row(
          actor.critical() ? actor.name() : actor.name() + " (not critical)",
          Integer.toString(actor.stage()),
          Times.words(actor.state()),
          Times.of(actor.since()),
          String.join(", ", actor.waitsFor()),
          Integer.toString(actor.restarts()),
          actor.lastError(),
          actor.bundle());
    }
    html.endTable(actors, "No actor has arrived yet.");
    List<WaitingComponent> waiting = group.waiting();
    html.heading("Waiting components").table("Component", "Waits for", "Bundle");
    for (WaitingComponent component : waiting) {
      html.row(component.component(), String.join(", ", component.missing()), component.bundle());
    }
    html.endTable(waiting, "No component waits for anything.");
  }
}
