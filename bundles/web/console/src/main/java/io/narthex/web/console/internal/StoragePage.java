package io.narthex.web.console.internal;

import io.narthex.api.storage.StorageAdmin;
import io.narthex.api.storage.StorageMaintenance;
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

/** The console's page on the database: its blocks, and what is done with them. */
@Component(
    service = Servlet.class,
    property = {
      ConsolePage.LABEL + "narthex-storage",
      ConsolePage.TITLE + "Storage",
      ConsolePage.CATEGORY
    })
@SuppressWarnings("serial") // The base class is serializable; nobody serializes a servlet.
public final class StoragePage extends ConsolePage {
  private static final long serialVersionUID = 1L;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable StorageMaintenance maintenance;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable StorageAdmin admin;

  @Override
  void write(Html html) {
    show(maintenance, "database", StorageView::writeMaintenance, html);
    StorageAdmin blocks = admin;
    if (blocks != null) {
      StorageView.writeBlocks(blocks, html);
    }
  }

  /** Does what a button says, and comes back to the page. */
  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    StorageMaintenance now = maintenance;
    String action = String.valueOf(request.getParameter("action"));
    if (now == null || !StorageView.act(now, action)) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST, "nothing to do here");
      return;
    }
    response.sendRedirect(request.getRequestURI());
  }
}
