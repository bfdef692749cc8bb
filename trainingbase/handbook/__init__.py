"""The training handbook (培训手册): one resident's whole record, frozen, printed and verifiable."""
