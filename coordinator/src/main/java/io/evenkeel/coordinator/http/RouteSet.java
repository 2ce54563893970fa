package io.evenkeel.coordinator.http;

import java.util.List;

/** A group of routes that share their collaborators. */
public interface RouteSet {

    /** Returns the routes; the same each time. */
    List<Route> routes();
}
