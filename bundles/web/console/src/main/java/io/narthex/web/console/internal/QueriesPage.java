package io.narthex.web.console.internal;

import io.narthex.api.query.RunningQueries;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The console's page on the queries that run, with a button that ends one. */
@Component(
    service = Servlet.class,
    property = {
      ConsolePage.LABEL + "narthex-queries",
      ConsolePage.TITLE + "Queries",
      ConsolePage.CATEGORY
    })
@SuppressWarnings("serial") // The base class is serializable; nobody serializes a servlet.
public final class QueriesPage extends ConsolePage {
  private static final long serialVersionUID = 1L;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable RunningQueries queries;

  @Override
  void write(Html html) {
    show(queries, "query engine", QueriesView::write, html);
  }

  /** Cancels the query of the button, and comes back to the page: it may have ended by itself. */
  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    RunningQueries now = queries;
    String action = String.valueOf(request.getParameter("action"));
    if (now == null || !QueriesView.act(now, action)) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST, "nothing to do here");
      return;
    }
    response.sendRedirect(request.getRequestURI());
  }
}
