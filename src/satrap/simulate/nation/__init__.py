"""One state person by person: every resident, every official, every meeting in which something is taken."""
