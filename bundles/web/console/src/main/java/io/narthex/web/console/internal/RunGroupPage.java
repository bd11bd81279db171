package io.narthex.web.console.internal;

import io.narthex.api.lifecycle.RunGroup;
import jakarta.servlet.Servlet;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The console's page on the run group. */
@Component(
    service = Servlet.class,
    property = {
      ConsolePage.LABEL + "narthex-run-group",
      ConsolePage.TITLE + "Run group",
      ConsolePage.CATEGORY
    })
@SuppressWarnings("serial") // The base class is serializable; nobody serializes a servlet.
public final class RunGroupPage extends ConsolePage {
  private static final long serialVersionUID = 1L;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable RunGroup runGroup;

  @Override
  void write(Html html) {
    show(runGroup, "run group", RunGroupView::write, html);
  }
}
