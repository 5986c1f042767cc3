"""``python -m satrap``"""

from satrap.cli.main import main

if __name__ == "__main__":
    main()
