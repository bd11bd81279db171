package io.narthex.web.console.internal;

import io.narthex.api.discovery.DiscoveryView;
import io.narthex.api.discovery.DiscoveryView.ProviderStatus;
import io.narthex.api.discovery.DiscoveryView.SectionStatus;
import io.narthex.api.discovery.DiscoveryView.State;
import java.util.List;

/** Writes the discovery: providers, sections that run, and sections that wait for a provider. */
final class DiscoveryPageView {
  private DiscoveryPageView() {}

  static void write(DiscoveryView view, Html html) {
    List<SectionStatus> sections = view.sections();
    List<ProviderStatus> providers = view.providers();
    html.heading("Providers").table("Kind", "Bundle", "Sections", "Targets");
    for (ProviderStatus provider : providers) {
      List<SectionStatus> own =
          sections.stream().filter(s -> s.kind().equals(provider.kind())).toList();
      html.row(
          provider.kind(),
          provider.bundle(),
          Integer.toString(own.size()),
          Integer.toString(own.stream().mapToInt(SectionStatus::targets).sum()));
    }
    html.endTable(providers, "No provider is installed.");
    list("Sections", "There is none.", sections.stream().filter(s -> !waits(s)).toList(), html);
    list(
        "Sections that wait for their provider",
        "No section waits.",
        sections.stream().filter(DiscoveryPageView::waits).toList(),
        html);
  }

  private static boolean waits(SectionStatus section) {
    return section.state() == State.WAITING_FOR_PROVIDER || section.state() == State.KEPT_IN_GRACE;
  }

  private static void list(
      String heading, String ifEmpty, List<SectionStatus> sections, Html html) {
    html.heading(heading)
        .table(
            "Section", "Manager", "State", "Targets", "Last update", "Used by", "Error", "Bundle");
    for (SectionStatus section : sections) {
      html.row(
          section.name(),
          section.manager(),
          Times.words(section.state()),
          Integer.toString(section.targets()),
          Times.of(section.lastUpdate()),
          String.join(", ", section.sets()),
          section.lastError(),
          section.bundle());
    }
    html.endTable(sections, ifEmpty);
  }
}
