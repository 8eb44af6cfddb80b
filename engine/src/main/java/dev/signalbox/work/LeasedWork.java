package dev.signalbox.work;

/**
 * Work that is ours to do.
 *
 * @param afterUnknown whether an earlier attempt may have arrived without our knowing
 */
public record LeasedWork(Lease lease, WorkItem item, boolean afterUnknown) {}
