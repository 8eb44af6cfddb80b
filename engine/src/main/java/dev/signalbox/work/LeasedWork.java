package dev.signalbox.work;

/**
 * Work that is ours to do.
 *
 * @param spent how many attempts count, with the one that is to be made; those that found the
 *     target down do not
 * @param afterUnknown whether an earlier attempt may have arrived without our knowing
 */
public record LeasedWork(Lease lease, WorkItem item, int spent, boolean afterUnknown) {}
