package io.narthex.web.api.internal;

import io.narthex.api.storage.StorageException;

/** Failures of other modules as answers. */
final class Failures {

  private Failures() {}

  static ApiException of(StorageException e) {
    ApiException.Type type =
        switch (e.kind()) {
          case NOT_READY -> ApiException.Type.UNAVAILABLE;
          case LIMIT -> ApiException.Type.EXECUTION;
          case CORRUPT, IO -> ApiException.Type.EXECUTION;
        };
    return new ApiException(type, String.valueOf(e.getMessage()), e);
  }
}
