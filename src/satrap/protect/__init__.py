"""What protects sources: what each field may do, the gate through which everything leaves, the vault."""
